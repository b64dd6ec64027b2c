resource "github_repository" "this" {
  name = "sales"
  description = "Sales"
}
