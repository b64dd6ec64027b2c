{# 1250 cents are 12.50: exact. Multiplied by a decimal, because in many warehouses a division gives a float. #}
{% macro cents_to_units(column_name, decimals=2) -%}
  cast(({{ column_name }}) * cast(0.01 as decimal(3, 2)) as decimal(18, {{ decimals }}))
{%- endmacro %}
