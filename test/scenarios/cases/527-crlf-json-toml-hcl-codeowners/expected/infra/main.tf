locals {
  a = 2
  b = <<-EOT
    x
    y
    z
  EOT
  c = 3
}
