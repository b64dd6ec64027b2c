output "ruleset_id" {
  description = "Id of the ruleset on the default branch."
  value       = github_repository_ruleset.default_branch.ruleset_id
}

output "teams" {
  description = "Teams with write access to the repository, so that they count as code owners."
  value       = sort(keys(github_team_repository.code_owner))
}
