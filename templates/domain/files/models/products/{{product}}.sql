with

orders as (

    select * from {{ ref('fct_orders') }}

),

customers as (

    select * from {{ ref('dim_customers') }}

)

-- The columns, their types and their order are promised in the contract beside this file.
select
    orders.order_id,
    orders.ordered_on,
    orders.order_status,
    orders.is_first_order,
    cast(orders.order_amount as decimal(18, 2)) as order_amount,
    customers.customer_id,
    customers.customer_name,
    customers.country_code
from orders
inner join customers on orders.customer_id = customers.customer_id
