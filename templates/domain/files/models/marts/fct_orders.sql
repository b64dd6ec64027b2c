with

orders as (

    select * from {{ ref('stg_app__orders') }}

),

customer_orders as (

    select * from {{ ref('int_customer_orders') }}

)

select
    orders.order_id,
    orders.customer_id,
    orders.ordered_on,
    orders.order_status,
    orders.order_status = 'returned' as is_returned,
    orders.ordered_on = customer_orders.first_ordered_on as is_first_order,
    orders.order_amount
from orders
inner join customer_orders on orders.customer_id = customer_orders.customer_id
