select 1 as b
from x

where 1 = 1 -- all
