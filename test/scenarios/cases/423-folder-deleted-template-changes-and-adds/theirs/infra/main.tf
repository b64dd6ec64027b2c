terraform {
  required_version = ">= 1.6.0"

  required_providers {
    snowflake = {
      source  = "Snowflake-Labs/snowflake"
      version = "~> 0.96.0"
    }
  }
}

resource "snowflake_warehouse" "transform" {
  name                = "FINANCE_WH"
  warehouse_size      = "SMALL"
  auto_suspend        = 60
  auto_resume         = true
  initially_suspended = true
}

resource "snowflake_database" "domain" {
  name                        = "FINANCE"
  comment                     = "Domain database, owned by the finance team"
  data_retention_time_in_days = 7
}
