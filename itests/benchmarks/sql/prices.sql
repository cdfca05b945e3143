-- Every price rises on one day.
UPDATE article SET cents = cents + cents / 30, changed = '2026-11-22 06:00:00';
