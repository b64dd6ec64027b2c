select 1 as a
from x
