with

source as (

    -- The sample seed, until sample_data in dbt_project.yml is false.
    select * from {{ ref('raw_app__orders') if var('sample_data') else source('app', 'orders') }}

),

renamed as (

    select
        cast(id as integer) as order_id,
        cast(customer_id as integer) as customer_id,
        cast(ordered_at as date) as ordered_on,
        cast(status as varchar) as order_status,
        cast(amount_cents / 100.0 as decimal(18, 2)) as order_amount
    from source

)

select * from renamed
