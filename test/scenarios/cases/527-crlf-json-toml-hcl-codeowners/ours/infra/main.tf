locals {
  a = 2
  b = <<-EOT
    x
    y
  EOT
}
