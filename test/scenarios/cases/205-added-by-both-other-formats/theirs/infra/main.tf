resource "github_repository" "this" {
  name                   = "sales"
  delete_branch_on_merge = true
}
