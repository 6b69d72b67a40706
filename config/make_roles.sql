-- The database and its two roles, for psql as a superuser; the passwords come from the environment.
-- docker-compose.yml runs it when PostgreSQL starts for the first time; docs/operating.md says how to run it by hand.
\set ON_ERROR_STOP on
\getenv owner_password OWNER_PASSWORD
\getenv app_password APP_PASSWORD

-- Owns the tables: migrate and grant_rights alone sign in with it.
CREATE ROLE chi_dao_owner LOGIN PASSWORD :'owner_password';
-- Web, relay and worker: no CREATE, ALTER, DROP or TRUNCATE, and DELETE only where there is no history.
CREATE ROLE chi_dao LOGIN PASSWORD :'app_password';

-- Bytes decide the order, and small and capital letters are known in Vietnamese too.
SELECT current_setting('server_version_num')::int >= 170000 AS own_locale \gset
\if :own_locale
    CREATE DATABASE chi_dao OWNER chi_dao_owner TEMPLATE template0
        ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8';
\else
    CREATE DATABASE chi_dao OWNER chi_dao_owner TEMPLATE template0
        ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8';
\endif
REVOKE ALL ON DATABASE chi_dao FROM PUBLIC;
GRANT CONNECT ON DATABASE chi_dao TO chi_dao;
ALTER DATABASE chi_dao SET idle_in_transaction_session_timeout = '30s';
