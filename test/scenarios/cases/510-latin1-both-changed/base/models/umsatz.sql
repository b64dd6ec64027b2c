-- Umsätze je Kunde
select
    kunde,
    monat,
    betrag
from {{ ref("stg_rechnungen") }}
where betrag > 0
