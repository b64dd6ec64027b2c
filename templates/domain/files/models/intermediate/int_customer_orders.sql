-- One row per customer who has ordered.
select
    customer_id,
    min(ordered_on) as first_ordered_on,
    count(*) as order_count,
    sum(case when order_status = 'returned' then 0 else order_amount end) as lifetime_amount
from {{ ref('stg_app__orders') }}
group by customer_id
