# What the variables refuse. Nothing is made: terraform test -filter=tests/variables.tftest.hcl needs no root.

run "the_defaults_are_three_regions" {
  command = plan

  assert {
    condition     = output.servers == { ap-south = "10.77.1.53", eu-west = "10.77.2.53", us-east = "10.77.3.53" }
    error_message = "The servers are ${jsonencode(output.servers)}."
  }

  assert {
    condition     = local.links == "ap-south eu-west 80 0\nap-south us-east 115 0\neu-west ap-south 80 0\neu-west us-east 45 0\nus-east ap-south 115 0\nus-east eu-west 45 0"
    error_message = "The ways are ${local.links}."
  }

  assert {
    condition     = local.preference["us-east"] == ["us-east", "eu-west", "ap-south"]
    error_message = "Clients in us-east prefer ${join(", ", local.preference["us-east"])}."
  }
}

run "a_name_that_no_device_can_have" {
  command = plan
  variables { name = "a-name-longer-than-a-device-may-have" }
  expect_failures = [var.name]
}

run "a_network_that_is_too_small" {
  command = plan
  variables { network = "10.77.0.0/24" }
  expect_failures = [var.network]
}

run "a_network_with_bits_beyond_its_length" {
  command = plan
  variables { network = "10.77.1.0/16" }
  expect_failures = [var.network]
}

run "a_region_that_is_nowhere" {
  command = plan
  variables { regions = { moon = { location = [384.4, 0] } } }
  expect_failures = [var.regions]
}

run "a_region_with_a_space_in_its_name" {
  command = plan
  variables { regions = { "us east" = { location = [38.9, -77] } } }
  expect_failures = [var.regions]
}

run "a_delay_that_is_missing" {
  command = plan
  variables { regions = { one = { location = [0, 0] }, two = { location = [1, 1] } } }
  expect_failures = [var.regions]
}

run "a_delay_that_is_given_twice" {
  command = plan
  variables {
    regions = {
      one = { location = [0, 0], delay_ms = { two = 10 } }
      two = { location = [1, 1], delay_ms = { one = 20 } }
    }
  }
  expect_failures = [var.regions]
}

run "a_delay_to_a_region_that_is_not_there" {
  command = plan
  variables { regions = { one = { location = [0, 0], delay_ms = { two = 10 } } } }
  expect_failures = [var.regions]
}

run "no_regions" {
  command = plan
  variables { regions = {} }
  expect_failures = [var.regions]
}

run "half_a_backend" {
  command = plan
  variables { backends = 1.5 }
  expect_failures = [var.backends]
}

run "a_probe_of_an_unknown_kind" {
  command = plan
  variables { probe = { kind = "ping" } }
  expect_failures = [var.probe]
}

run "an_interval_without_a_unit" {
  command = plan
  variables { probe = { interval = "250" } }
  expect_failures = [var.probe]
}

run "a_timeout_that_is_not_shorter_than_the_interval" {
  command = plan
  variables { probe = { interval = "250ms", timeout = "250ms" } }
  expect_failures = [var.probe]
}
