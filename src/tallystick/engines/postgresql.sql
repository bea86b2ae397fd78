-- What PostgreSQL has no word for: functions beside the tables of an Edition, gone with them.
CREATE FUNCTION tried_date(told text) RETURNS date LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN told ~ '^\s*\d{1,4}-\d{1,2}-\d{1,2}\s*$' THEN told::date END;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
    RETURN NULL;
END $$;

CREATE FUNCTION tried_bigint(told text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN told::numeric::bigint;
EXCEPTION WHEN invalid_text_representation OR numeric_value_out_of_range THEN
    RETURN NULL;
END $$;

-- The group of that number (the whole pattern, itself a group, is 0) of the first match, '' where nothing matches.
CREATE FUNCTION extracted(told text, pattern text, place integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce((regexp_match(told, pattern))[place + 1], '')
$$;

-- Estimates are worked out by the asker: see postgresql_estimates.py.
CREATE FUNCTION spells_told(spells bigint[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(spell, ';' ORDER BY spell) FROM (
        SELECT string_agg(part::text, ',' ORDER BY place) AS spell
        FROM unnest(spells) WITH ORDINALITY AS parts(part, place) GROUP BY (place - 1) / 3
    ) AS told
$$;

CREATE FUNCTION estimated(its_name text, spells bigint[], others text) RETURNS double precision
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE AS $$
DECLARE
    its_spells text := coalesce(spells_told(spells), '');
    its_key text := md5(its_name || ' ' || coalesce(others, '') || ' ' || its_spells);
    its_value double precision;
BEGIN
    SELECT value INTO its_value FROM pg_temp.estimates WHERE key = its_key;
    IF NOT FOUND THEN
        INSERT INTO pg_temp.estimates VALUES (its_key, its_name, its_spells, others, false, NULL);
    END IF;
    RETURN its_value;
END $$;

CREATE FUNCTION quantile_of_lengths(spells bigint[], part double precision, side bigint) RETURNS double precision
LANGUAGE sql VOLATILE PARALLEL UNSAFE AS $$
    SELECT estimated('quantile_of_lengths', spells, to_jsonb(ARRAY[part, side])::text)
$$;

CREATE FUNCTION share_ended_within(spells bigint[], how bigint, length double precision, side bigint)
RETURNS double precision LANGUAGE sql VOLATILE PARALLEL UNSAFE AS $$
    SELECT estimated('share_ended_within', spells, to_jsonb(ARRAY[how, length, side])::text)
$$;
