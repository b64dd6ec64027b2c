with

source as (

    -- The sample seed, until sample_data in dbt_project.yml is false.
    select * from {{ ref('raw_app__customers') if var('sample_data') else source('app', 'customers') }}

),

renamed as (

    select
        cast(id as integer) as customer_id,
        cast(name as varchar) as customer_name,
        cast(country as varchar) as country_code
    from source

)

select * from renamed
