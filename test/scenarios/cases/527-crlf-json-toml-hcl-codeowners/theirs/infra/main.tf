locals {
  a = 1
  b = <<-EOT
    x
    y
    z
  EOT
  c = 3
}
