# A laboratory on this machine: each region a network namespace with a Meridian node and backends in it, joined
# by a forwarder that delays and loses packets as told. README.md says how to use it.

terraform {
  required_version = ">= 1.9"
}

locals {
  lab = abspath("${path.module}/lab")

  # Region N has the Nth network: .53 is its node, .101 and up are its backends.
  numbers = { for index, region in keys(var.regions) : region => index + 1 }
  subnet  = { for region, number in local.numbers : region => cidrsubnet(var.network, 8, number) }
  server  = { for region, subnet in local.subnet : region => cidrhost(subnet, 53) }
  backend = { for region, subnet in local.subnet :
    region => [for index in range(var.backends) : cidrhost(subnet, 101 + index)]
  }

  # Both ways of each pair.
  delay = { for name, region in var.regions :
    name => { for other in keys(var.regions) : other =>
      coalesce(lookup(region.delay_ms, other, null), lookup(var.regions[other].delay_ms, name, null), 0)
      if other != name
    }
  }
  links = join("\n", flatten([for from, others in local.delay : [for to, delay in others : "${from} ${to} ${delay} 0"]]))

  # For clients in a region's own network: that region first, then the others, the fewest milliseconds first.
  preference = { for region, others in local.delay : region => concat([region],
    [for key in sort([for other, delay in others : format("%08.2f %s", delay, other)]) : split(" ", key)[1]])
  }

  configuration = templatefile("${path.module}/meridian.conf.tftpl", {
    name    = var.name
    regions = var.regions
    server  = local.server
    backend = local.backend
    probe   = var.probe
  })
  networks = join("", [for region, subnet in local.subnet : "${subnet} ${join(", ", local.preference[region])}\n"])
}

# Made before all else and without a step that could fail. Terraform skips the destroy step of whatever was not
# made to its end; so what cleans up must not be the one that makes.
resource "terraform_data" "sweep" {
  triggers_replace = { lab = local.lab, name = var.name }

  provisioner "local-exec" {
    when        = destroy
    command     = "\"$LAB\" sweep"
    environment = { LAB = self.triggers_replace.lab, MERIDIAN_LAB = self.triggers_replace.name }
  }
}

# The namespaces, their devices and the forwarder.
resource "terraform_data" "network" {
  depends_on = [terraform_data.sweep]
  triggers_replace = {
    lab     = local.lab, name = var.name, network = var.network
    regions = join(" ", [for region, number in local.numbers : "${region}=${number}"])
    links   = local.links
  }

  provisioner "local-exec" {
    command = "\"$LAB\" raise"
    environment = {
      LAB         = local.lab, MERIDIAN_LAB = var.name
      LAB_NETWORK = var.network, LAB_REGIONS = self.triggers_replace.regions, LAB_LINKS = local.links
    }
  }
}

# What the nodes read. Running nodes take a change up by themselves.
resource "terraform_data" "configuration" {
  triggers_replace = {
    network = terraform_data.network.id, configuration = local.configuration, networks = local.networks
  }

  provisioner "local-exec" {
    command = "\"$LAB\" configure"
    environment = {
      LAB               = local.lab, MERIDIAN_LAB = var.name
      LAB_CONFIGURATION = local.configuration, LAB_NETWORKS = local.networks
      LAB_ZONE          = file("${path.module}/example.test.zone")
    }
  }
}

resource "terraform_data" "backends" {
  for_each         = var.regions
  triggers_replace = { network = terraform_data.network.id, addresses = join(" ", local.backend[each.key]) }

  provisioner "local-exec" {
    command = "\"$LAB\" backends ${each.key} $ADDRESSES"
    environment = {
      LAB = local.lab, MERIDIAN_LAB = var.name, ADDRESSES = self.triggers_replace.addresses
    }
  }
}

resource "terraform_data" "node" {
  for_each         = var.regions
  depends_on       = [terraform_data.configuration]
  triggers_replace = { network = terraform_data.network.id }

  provisioner "local-exec" {
    command     = "\"$LAB\" start-node ${each.key}"
    environment = { LAB = local.lab, MERIDIAN_LAB = var.name }
  }
}
