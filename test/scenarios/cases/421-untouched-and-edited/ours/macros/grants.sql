{#
    Grants select on every model of the domain to the roles of its consumers.
    Called from on-run-end.
#}
{% macro grant_select_to_consumers(schemas) %}
    {% set roles = var('consumer_roles', []) %}

    {% if target.name not in ('prod', 'pre') %}
        {{ log('grants are only applied in prod', info=true) }}
        {% do return('') %}
    {% endif %}

    {% for schema in schemas %}
        {% for role in roles %}
            grant usage on schema {{ schema }} to role {{ role }};
            grant select on all tables in schema {{ schema }} to role {{ role }};
            grant select on all views in schema {{ schema }} to role {{ role }};
        {% endfor %}
    {% endfor %}
{% endmacro %}


{% macro revoke_all(schema, role) %}
    revoke all privileges on all tables in schema {{ schema }} from role {{ role }};
{% endmacro %}
