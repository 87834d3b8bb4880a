output "servers" {
  description = "Where each region's node answers DNS queries, UDP and TCP, port 53."
  value       = local.server
  depends_on  = [terraform_data.node]
}

output "apis" {
  description = "The API of each region's node."
  value       = { for region, server in local.server : region => "http://${server}:8053" }
  depends_on  = [terraform_data.node]
}

output "token_file" {
  description = "The token of an operator, for the API."
  value       = "/run/${var.name}/operator.token"
}

output "backends" {
  description = "The backends of each region."
  value       = local.backend
}

output "try" {
  description = "What to type."
  value = [
    "dig @${values(local.server)[0]} shop.example.test +subnet=${values(local.subnet)[0]}   # as a client in ${keys(local.server)[0]}",
    "./meridian status --api http://${values(local.server)[0]}:8053 --token-file /run/${var.name}/operator.token",
    "MERIDIAN_LAB=${var.name} ${local.lab} help",
  ]
}

# Another one is another laboratory, or another process in it.
output "network_id" {
  description = "Changes when the network is raised anew."
  value       = terraform_data.network.id
}

output "node_ids" {
  description = "Change when Terraform starts a node anew."
  value       = { for region, node in terraform_data.node : region => node.id }
}
