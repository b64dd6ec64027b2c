{#
  The rule for schema names, the same in all domains.
  prod: the schema as configured (marts). Elsewhere: after the schema of the target (dev_marts), so that nobody
  builds into the schemas of somebody else.
#}
{% macro schema_name(custom_schema_name, node) -%}
  {%- if custom_schema_name is none -%}
    {{ target.schema }}
  {%- elif target.name == 'prod' -%}
    {{ custom_schema_name | trim }}
  {%- else -%}
    {{ target.schema }}_{{ custom_schema_name | trim }}
  {%- endif -%}
{%- endmacro %}
