variable "name" {
  description = "Begins the name of everything that is made; two laboratories at once need two names."
  type        = string
  default     = "meridian-lab"

  validation {
    # The longest name that a network device may have is 15 characters.
    condition     = can(regex("^[a-z][a-z0-9-]{0,14}$", var.name))
    error_message = "The name \"${var.name}\" cannot be a device's; 1 to 15 lower-case letters, digits and hyphens are accepted, a letter first."
  }
}

variable "network" {
  description = "The IPv4 network of the laboratory. Region N has N.0/24 of it; this machine has address 0.1."
  type        = string
  default     = "10.77.0.0/16"

  validation {
    condition     = can(regex("^[0-9.]+/16$", var.network)) && try(cidrsubnet(var.network, 0, 0) == var.network, false)
    error_message = "\"${var.network}\" is no IPv4 network of length /16; one such as \"10.77.0.0/16\" is accepted."
  }
}

variable "regions" {
  description = <<-END
    The regions, each with its location (latitude and longitude) and the delay to others, one way, in
    milliseconds. The delay between two regions is given once, at either of them.
  END
  type = map(object({
    location = tuple([number, number])
    delay_ms = optional(map(number), {})
  }))
  default = {
    us-east  = { location = [38.9, -77.0], delay_ms = { eu-west = 45, ap-south = 115 } }
    eu-west  = { location = [53.3, -6.2], delay_ms = { ap-south = 80 } }
    ap-south = { location = [1.3, 103.8] }
  }

  validation {
    condition     = length(var.regions) >= 1 && length(var.regions) <= 20
    error_message = "There are ${length(var.regions)} regions; 1 to 20 are accepted, since each is a node with a JVM of its own."
  }

  validation {
    condition     = alltrue([for region in keys(var.regions) : can(regex("^[a-z][a-z0-9-]{0,30}$", region))])
    error_message = "These names of regions are not accepted: ${join(", ", [for region in keys(var.regions) : region if !can(regex("^[a-z][a-z0-9-]{0,30}$", region))])}. A name has up to 31 lower-case letters, digits and hyphens, a letter first."
  }

  validation {
    condition = alltrue([for region in values(var.regions) :
      abs(region.location[0]) <= 90 && abs(region.location[1]) <= 180
    ])
    error_message = "These regions are nowhere on Earth: ${join(", ", [for name, region in var.regions : name if abs(region.location[0]) > 90 || abs(region.location[1]) > 180])}. A location is [latitude, longitude]: -90 to 90, -180 to 180."
  }

  validation {
    condition = alltrue(flatten([for name, region in var.regions :
      [for other in keys(region.delay_ms) : contains(keys(var.regions), other) && other != name]
    ]))
    error_message = "A delay leads to another region of the laboratory; these do not: ${join(", ", flatten([for name, region in var.regions : [for other in keys(region.delay_ms) : "${name} to ${other}" if !contains(keys(var.regions), other) || other == name]]))}."
  }

  validation {
    condition = alltrue(flatten([for region in values(var.regions) :
      [for delay in values(region.delay_ms) : delay >= 0 && delay <= 5000]
    ]))
    error_message = "A delay is 0 to 5000 milliseconds, one way."
  }

  validation {
    condition = length(flatten([for index, one in keys(var.regions) :
      [for other in slice(keys(var.regions), index + 1, length(var.regions)) : "${one} and ${other}"
        if contains(keys(var.regions[one].delay_ms), other) == contains(keys(var.regions[other].delay_ms), one)
    ]])) == 0
    error_message = "The delay between two regions is given once, at either of them. It is missing or given twice for: ${join(", ", flatten([for index, one in keys(var.regions) :
      [for other in slice(keys(var.regions), index + 1, length(var.regions)) : "${one} and ${other}"
        if contains(keys(var.regions[one].delay_ms), other) == contains(keys(var.regions[other].delay_ms), one)
    ]]))}."
  }
}

variable "backends" {
  description = "How many backends, each a small web server, a region has."
  type        = number
  default     = 2

  validation {
    condition     = var.backends >= 1 && var.backends <= 40 && floor(var.backends) == var.backends
    error_message = "${var.backends} backends in each region are not accepted; 1 to 40 are."
  }
}

variable "probe" {
  description = <<-END
    How the backends are probed: http (two round trips: connection and request) or tcp (one), how
    often, and how patiently. A vantage farther away than the timeout allows never sees a backend up.
  END
  type = object({
    kind     = optional(string, "http")
    interval = optional(string, "1s")
    timeout  = optional(string, "700ms")
    rise     = optional(number, 2)
    fall     = optional(number, 2)
  })
  default = {}

  validation {
    condition     = contains(["http", "tcp"], var.probe.kind)
    error_message = "A probe of kind \"${var.probe.kind}\" is not there; \"http\" and \"tcp\" are accepted."
  }

  validation {
    condition     = alltrue([for time in [var.probe.interval, var.probe.timeout] : can(regex("^[1-9][0-9]*(ms|s)$", time))])
    error_message = "The probe's interval \"${var.probe.interval}\" and timeout \"${var.probe.timeout}\" are durations with a unit, such as \"250ms\" or \"1s\"."
  }

  validation {
    condition = try(
      (endswith(var.probe.interval, "ms") ? tonumber(trimsuffix(var.probe.interval, "ms")) : 1000 * tonumber(trimsuffix(var.probe.interval, "s"))) >= 100 &&
      (endswith(var.probe.timeout, "ms") ? tonumber(trimsuffix(var.probe.timeout, "ms")) : 1000 * tonumber(trimsuffix(var.probe.timeout, "s"))) <
      (endswith(var.probe.interval, "ms") ? tonumber(trimsuffix(var.probe.interval, "ms")) : 1000 * tonumber(trimsuffix(var.probe.interval, "s"))),
    true)
    error_message = "An interval of ${var.probe.interval} with a timeout of ${var.probe.timeout} is not accepted; an interval from 100ms on and a shorter timeout are."
  }

  validation {
    condition     = alltrue([for run in [var.probe.rise, var.probe.fall] : run >= 1 && run <= 100 && floor(run) == run])
    error_message = "A rise of ${var.probe.rise} and a fall of ${var.probe.fall} are not accepted; whole numbers of probes in a row are, 1 to 100."
  }
}
