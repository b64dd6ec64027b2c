resource "aws_security_group" "dbt" {
  name = "dbt"

  ingress {
    description = "https"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/8"]
  }

  ingress {
    description = "postgres"
    from_port   = 5432
    to_port     = 5432
    cidr_blocks = ["10.0.0.0/8"]
  }
}
