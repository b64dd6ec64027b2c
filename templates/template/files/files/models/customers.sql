select 1 as customer_id
union all
select 2 as customer_id
