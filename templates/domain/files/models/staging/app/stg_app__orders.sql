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
        -- Multiplied by a decimal, which is exact: a division may give a float.
        cast(amount_cents * cast(0.01 as decimal(3, 2)) as decimal(18, 2)) as order_amount
    from source

)

select * from renamed
