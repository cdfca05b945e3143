-- What a day changes besides what it adds. :last is the last receipt of the day before.
UPDATE article SET cents = cents + 10, changed = '2026-11-22 07:10:00' WHERE number % 97 = 3;
UPDATE customer SET phone = CONCAT(phone, '1'), changed = '2026-11-22 09:00:00' WHERE number % 400 = 7;
UPDATE receipt SET state = 'STORNIERT' WHERE id > :last - :last / 100 AND id % 60 = 1;
UPDATE receipt SET customer = id % 12000 + 1 WHERE id % 20011 = 5;
UPDATE payment SET kind = 'GUTSCHEIN' WHERE receipt > :last - :last / 10 AND receipt % 1000 = 8;
