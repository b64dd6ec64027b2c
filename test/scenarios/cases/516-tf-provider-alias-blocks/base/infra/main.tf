terraform {
  required_version = ">= 1.6.0"

  required_providers {
    snowflake = {
      source  = "Snowflake-Labs/snowflake"
      version = "~> 0.94.0"
    }
  }

  backend "s3" {
    bucket = "acme-tfstate"
    key    = "finance/terraform.tfstate"
    region = "eu-central-1"
  }
}

provider "snowflake" {
  role = "TRANSFORMER"
}

provider "snowflake" {
  alias = "security"
  role  = "SECURITYADMIN"
}

locals {
  domain = "finance"
  roles  = ["REPORTER", "TRANSFORMER"]

  schemas = {
    staging = { retention = 1, transient = true }
    marts   = { retention = 7, transient = false }
  }
}

# Warehouse of the domain
resource "snowflake_warehouse" "transform" {
  name           = "FINANCE_WH"
  warehouse_size = "SMALL"
  auto_suspend   = 60
  auto_resume    = true

  lifecycle {
    ignore_changes = [
      comment,
      warehouse_size,
    ]
  }
}

resource "snowflake_schema" "this" {
  for_each = local.schemas

  database            = "FINANCE"
  name                = upper(each.key)
  is_transient        = each.value.transient
  data_retention_days = each.value.retention
}

module "grants" {
  source  = "git::https://git.example.com/platform/tf-snowflake.git//grants?ref=v1.4.0"
  domain  = local.domain
  readers = ["REPORTER"]
}
