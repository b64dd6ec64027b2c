{# 1250 cents are 12.50: exact, never a float. #}
{% macro cents_to_units(column_name, decimals=2) -%}
  cast({{ column_name }} / 100.0 as decimal(18, {{ decimals }}))
{%- endmacro %}
