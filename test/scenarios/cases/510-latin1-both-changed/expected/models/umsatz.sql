-- Umsätze je Kunde und Monat
select
    kunde,
    monat,
    betrag
from {{ ref("stg_rechnungen") }}
where betrag > 0 -- nur positive Beträge
