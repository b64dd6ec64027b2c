provider "github" {
  owner = var.organisation # the token comes from the environment: GITHUB_TOKEN
}

locals {
  # "@acme/sales-data" is the team sales-data; "@ada" is a person and needs no access as a team.
  teams = toset([for owner in var.code_owners : split("/", owner)[1] if strcontains(owner, "/")])
}

data "github_team" "code_owner" {
  for_each = local.teams

  slug = each.key
}

resource "github_team_repository" "code_owner" {
  for_each = local.teams

  team_id    = data.github_team.code_owner[each.key].id
  repository = var.repository
  permission = "push"
}

resource "github_repository_ruleset" "default_branch" {
  name        = "Reviewed and built before merge"
  repository  = var.repository
  target      = "branch"
  enforcement = "active"

  conditions {
    ref_name {
      include = ["~DEFAULT_BRANCH"]
      exclude = []
    }
  }

  rules {
    deletion         = true # nobody may delete the branch
    non_fast_forward = true # nor rewrite it

    pull_request {
      require_code_owner_review         = true
      required_approving_review_count   = var.required_approvals
      dismiss_stale_reviews_on_push     = true
      required_review_thread_resolution = true
    }

    dynamic "required_status_checks" {
      for_each = length(var.required_checks) == 0 ? [] : [var.required_checks]

      content {
        dynamic "required_check" {
          for_each = required_status_checks.value

          content {
            context = required_check.value
          }
        }
      }
    }
  }
}
