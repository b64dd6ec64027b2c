-- No rows yet: read from a model with ref(), or from a source with source().
select cast(null as integer) as id
limit 0
