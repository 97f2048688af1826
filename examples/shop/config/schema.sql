CREATE TABLE products (sku text PRIMARY KEY, name text NOT NULL, category text NOT NULL, price_cents int NOT NULL, sold int NOT NULL);
CREATE TABLE stock (sku text PRIMARY KEY REFERENCES products, on_hand int NOT NULL, reserved int NOT NULL DEFAULT 0);
CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL, total_cents int NOT NULL, state text NOT NULL DEFAULT 'placed', placed_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE order_items (order_id bigint NOT NULL REFERENCES orders, sku text NOT NULL, quantity int NOT NULL, price_cents int NOT NULL);
CREATE TABLE payments (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_name text NOT NULL, amount_cents int NOT NULL, paid_at timestamptz NOT NULL DEFAULT now());
CREATE TABLE loyalty (email text PRIMARY KEY, points bigint NOT NULL DEFAULT 0);

INSERT INTO products
  SELECT 'sku-' || n, (ARRAY['Kettle','Lamp','Chair','Teapot','Blanket','Clock','Shelf','Mug'])[1 + n % 8] || ' ' || n,
         (ARRAY['kitchen','light','furniture'])[1 + n % 3], 500 + (n * 137) % 9000, (n * 7919) % 1000
  FROM generate_series(1, 400) n;
INSERT INTO stock SELECT sku, 100000 FROM products;
INSERT INTO orders (email, total_cents, placed_at)
  SELECT 'user' || n % 9000 || '@example.net', 500 + (n * 211) % 20000, now() - n * interval '40 seconds'
  FROM generate_series(1, $SEEDED_ORDERS) n;
INSERT INTO loyalty SELECT DISTINCT email, 0 FROM orders;
ANALYZE;
