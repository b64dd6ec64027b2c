with

customers as (

    select * from {{ ref('stg_app__customers') }}

),

customer_orders as (

    select * from {{ ref('int_customer_orders') }}

)

select
    customers.customer_id,
    customers.customer_name,
    customers.country_code,
    customer_orders.first_ordered_on,
    coalesce(customer_orders.order_count, 0) as order_count,
    coalesce(customer_orders.lifetime_amount, 0) as lifetime_amount
from customers
left join customer_orders on customers.customer_id = customer_orders.customer_id
