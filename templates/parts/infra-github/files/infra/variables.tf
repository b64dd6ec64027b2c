variable "organisation" {
  description = "Organisation on GitHub that the repository belongs to."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9][A-Za-z0-9_-]*$", var.organisation))
    error_message = "The organisation must be a name as in https://github.com/<organisation>."
  }
}

variable "repository" {
  description = "Name of the repository, which must exist."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9._-]+$", var.repository))
    error_message = "The repository must be a name without the organisation, such as \"sales\"."
  }
}

variable "code_owners" {
  description = "Users and teams that CODEOWNERS names. The teams get write access, without which GitHub ignores them."
  type        = set(string)

  validation {
    condition     = alltrue([for owner in var.code_owners : can(regex("^@[^/@]+(/[^/@]+)?$", owner))])
    error_message = "Each code owner must be written as in CODEOWNERS, such as \"@acme/sales-data\"."
  }
}

variable "required_approvals" {
  description = "Approvals that a pull request needs before it may be merged."
  type        = number
  default     = 1

  validation {
    condition     = var.required_approvals >= 1 && var.required_approvals <= 10
    error_message = "GitHub takes 1 to 10 required approvals."
  }
}

variable "required_checks" {
  description = "Jobs of the workflow that must pass before a pull request may be merged."
  type        = set(string)
  default     = ["dbt build"]
}
