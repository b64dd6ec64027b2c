{% macro cents_to_units(column) %}
    ({{ column }} / 100)
{% endmacro %}

{% macro limit_dev() %}
    {% if target.name == 'dev' %}
    limit 100
    {% endif %}
{% endmacro %}

{% macro mine() %}
    select 1
{% endmacro %}
