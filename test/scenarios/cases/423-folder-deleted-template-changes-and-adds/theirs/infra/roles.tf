resource "snowflake_role" "r" {
  name = "R"
}
