-- What all customers spent is what all orders come to, returned ones left out.
with

orders as (

    select sum(order_amount) as amount from {{ ref('fct_orders') }} where not is_returned

),

customers as (

    select sum(lifetime_amount) as amount from {{ ref('dim_customers') }}

)

select
    orders.amount as order_amount,
    customers.amount as customer_amount
from orders
cross join customers
where orders.amount <> customers.amount
