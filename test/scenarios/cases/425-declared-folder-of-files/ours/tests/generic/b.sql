select 1 as b
from y

where 1 = 1
