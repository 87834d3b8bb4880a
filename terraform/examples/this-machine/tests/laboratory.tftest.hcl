# Raises a small laboratory beside one that may be there, looks at it, and lets Terraform take it down. Needs root.

variables {
  name     = "meridian-test"
  network  = "10.178.0.0/16"
  backends = 1
  regions = {
    here  = { location = [50, 8] }
    there = { location = [1.3, 103.8], delay_ms = { here = 20 } }
  }
}

run "it_is_raised" {
  assert {
    condition     = output.servers == { here = "10.178.1.53", there = "10.178.2.53" }
    error_message = "The servers are ${jsonencode(output.servers)}."
  }

  assert {
    condition     = output.apis["there"] == "http://10.178.2.53:8053"
    error_message = "The APIs are ${jsonencode(output.apis)}."
  }

  assert {
    condition     = startswith(output.try[0], "dig @10.178.1.53 ")
    error_message = "The first thing to type is ${output.try[0]}."
  }

  assert {
    condition     = alltrue([for region in keys(var.regions) : fileexists("/run/${var.name}/pids/${region}.node")])
    error_message = "Not every region has a node."
  }
}

run "the_same_again_changes_nothing" {
  assert {
    condition     = terraform_data.network.id == run.it_is_raised.network_id && terraform_data.node["here"].id == run.it_is_raised.node_ids["here"]
    error_message = "A second apply raised it anew."
  }
}

run "a_probe_interval_is_taken_up_by_running_nodes" {
  variables {
    probe = { interval = "500ms", timeout = "300ms" }
  }

  assert {
    condition     = terraform_data.node["here"].id == run.it_is_raised.node_ids["here"]
    error_message = "The nodes were started anew."
  }

  assert {
    condition     = strcontains(file("/run/${var.name}/meridian.conf"), "interval = 500ms, timeout = 300ms")
    error_message = "The configuration does not have it."
  }
}
