CREATE TABLE complaint_causes (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_complaint_causes PRIMARY KEY (id), 
	CONSTRAINT uq_complaint_causes_code UNIQUE (code)
)
 STRICT;;
CREATE TABLE complaint_categories (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_complaint_categories PRIMARY KEY (id), 
	CONSTRAINT uq_complaint_categories_code UNIQUE (code)
)
 STRICT;;
CREATE TABLE complaint_views (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	chosen TEXT NOT NULL, 
	CONSTRAINT pk_complaint_views PRIMARY KEY (id), 
	CONSTRAINT uq_complaint_views_name UNIQUE (name)
)
 STRICT;;
CREATE TABLE removed_occasions (
	identity TEXT NOT NULL, 
	CONSTRAINT pk_removed_occasions PRIMARY KEY (identity)
)
 STRICT;;
CREATE TABLE need_scripts (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	category TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_need_scripts PRIMARY KEY (id), 
	CONSTRAINT uq_need_scripts_name UNIQUE (name)
)
 STRICT;;
CREATE TABLE earning_versions (
	id INTEGER NOT NULL, 
	from_day TEXT NOT NULL, 
	per_unit TEXT NOT NULL, 
	per_visit INTEGER NOT NULL, 
	birthday TEXT NOT NULL, 
	birthday_span TEXT NOT NULL, 
	highest_only INTEGER NOT NULL, 
	CONSTRAINT pk_earning_versions PRIMARY KEY (id)
)
 STRICT;;
CREATE TABLE tiers (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	rank INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_zh TEXT NOT NULL, 
	hue TEXT NOT NULL, 
	min_amount INTEGER, 
	min_days INTEGER, 
	member_discount INTEGER NOT NULL, 
	points_multiplier TEXT NOT NULL, 
	birthday_multiplier TEXT NOT NULL, 
	CONSTRAINT pk_tiers PRIMARY KEY (id), 
	CONSTRAINT uq_tiers_code UNIQUE (code), 
	CONSTRAINT uq_tiers_rank UNIQUE (rank)
)
 STRICT;;
CREATE TABLE past_tier_rules (
	id INTEGER NOT NULL, 
	last_day TEXT NOT NULL, 
	window TEXT NOT NULL, 
	grace_days INTEGER NOT NULL, 
	CONSTRAINT pk_past_tier_rules PRIMARY KEY (id), 
	CONSTRAINT uq_past_tier_rules_last_day UNIQUE (last_day)
)
 STRICT;;
CREATE TABLE removed_tiers (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	falls_to TEXT NOT NULL, 
	name TEXT NOT NULL, 
	name_zh TEXT NOT NULL, 
	CONSTRAINT pk_removed_tiers PRIMARY KEY (id), 
	CONSTRAINT uq_removed_tiers_code UNIQUE (code)
)
 STRICT;;
CREATE TABLE payment_methods (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	active INTEGER NOT NULL, 
	CONSTRAINT pk_payment_methods PRIMARY KEY (id), 
	CONSTRAINT uq_payment_methods_code UNIQUE (code)
)
 STRICT;;
CREATE TABLE shop_settings (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_shop_settings PRIMARY KEY ("key")
)
 STRICT;;
CREATE TABLE staff (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	role TEXT NOT NULL, 
	active INTEGER NOT NULL, 
	CONSTRAINT pk_staff PRIMARY KEY (id)
)
 STRICT;;
CREATE TABLE import_mappings (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	headers TEXT NOT NULL, 
	mapping TEXT NOT NULL, 
	used_at TEXT NOT NULL, 
	CONSTRAINT pk_import_mappings PRIMARY KEY (id), 
	CONSTRAINT uq_import_mappings_kind_headers UNIQUE (kind, headers)
)
 STRICT;;
CREATE TABLE custom_fields (
	id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	choices TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_custom_fields PRIMARY KEY (id), 
	CONSTRAINT uq_custom_fields_label UNIQUE (label)
)
 STRICT;;
CREATE TABLE households (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_households PRIMARY KEY (id)
)
 STRICT;;
CREATE TABLE audit_entries (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	action TEXT NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id TEXT, 
	kind TEXT NOT NULL, 
	change TEXT NOT NULL, 
	CONSTRAINT pk_audit_entries PRIMARY KEY (id), 
	CONSTRAINT fk_audit_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE followup_rules (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	on_since TEXT, 
	position INTEGER NOT NULL, 
	days INTEGER NOT NULL, 
	good_for INTEGER NOT NULL, 
	least INTEGER NOT NULL, 
	own_rhythm INTEGER NOT NULL, 
	scope TEXT NOT NULL, 
	"match" TEXT NOT NULL, 
	assignee TEXT NOT NULL, 
	staff_id INTEGER, 
	channel TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	text TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_followup_rules PRIMARY KEY (id), 
	CONSTRAINT uq_followup_rules_code UNIQUE (code), 
	CONSTRAINT fk_followup_rules_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE rule_runs (
	id INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	rules TEXT NOT NULL, 
	first_id INTEGER, 
	last_id INTEGER, 
	created INTEGER NOT NULL, 
	moved INTEGER NOT NULL, 
	taken_back_at TEXT, 
	CONSTRAINT pk_rule_runs PRIMARY KEY (id), 
	CONSTRAINT fk_rule_runs_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE script_questions (
	id INTEGER NOT NULL, 
	script_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	choices TEXT NOT NULL, 
	lands_in TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_script_questions PRIMARY KEY (id), 
	CONSTRAINT fk_script_questions_script_id FOREIGN KEY(script_id) REFERENCES need_scripts (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE earning_days (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	factor TEXT NOT NULL, 
	weekday INTEGER, 
	month_day INTEGER, 
	first TEXT, 
	last TEXT, 
	CONSTRAINT pk_earning_days PRIMARY KEY (id), 
	CONSTRAINT fk_earning_days_version_id FOREIGN KEY(version_id) REFERENCES earning_versions (id)
)
 STRICT;;
CREATE TABLE tier_benefits (
	id INTEGER NOT NULL, 
	tier_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	nature TEXT NOT NULL, 
	words TEXT NOT NULL, 
	CONSTRAINT pk_tier_benefits PRIMARY KEY (id), 
	CONSTRAINT fk_tier_benefits_tier_id FOREIGN KEY(tier_id) REFERENCES tiers (id)
)
 STRICT;;
CREATE TABLE past_tier_thresholds (
	id INTEGER NOT NULL, 
	rules_id INTEGER NOT NULL, 
	tier_id INTEGER NOT NULL, 
	min_amount INTEGER, 
	min_days INTEGER, 
	CONSTRAINT pk_past_tier_thresholds PRIMARY KEY (id), 
	CONSTRAINT uq_past_tier_thresholds_rules_id_tier_id UNIQUE (rules_id, tier_id), 
	CONSTRAINT fk_past_tier_thresholds_rules_id FOREIGN KEY(rules_id) REFERENCES past_tier_rules (id), 
	CONSTRAINT fk_past_tier_thresholds_tier_id FOREIGN KEY(tier_id) REFERENCES tiers (id)
)
 STRICT;;
CREATE TABLE day_closes (
	id INTEGER NOT NULL, 
	shop_day TEXT NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	after_id INTEGER, 
	first_sale INTEGER NOT NULL, 
	last_sale INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	voided_at TEXT, 
	CONSTRAINT pk_day_closes PRIMARY KEY (id), 
	CONSTRAINT fk_day_closes_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_day_closes_after_id FOREIGN KEY(after_id) REFERENCES day_closes (id)
)
 STRICT;;
CREATE TABLE import_batches (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	file_name TEXT NOT NULL, 
	sha256 TEXT NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	encoding TEXT NOT NULL, 
	mapping TEXT NOT NULL, 
	counts TEXT NOT NULL, 
	ranges TEXT NOT NULL, 
	undone_at TEXT, 
	CONSTRAINT pk_import_batches PRIMARY KEY (id), 
	CONSTRAINT fk_import_batches_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE products (
	id INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	name TEXT NOT NULL, 
	category TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	price INTEGER NOT NULL, 
	cost INTEGER, 
	barcode TEXT NOT NULL, 
	other_barcodes TEXT NOT NULL, 
	active INTEGER NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT uq_products_code UNIQUE (code), 
	CONSTRAINT fk_products_batch_id FOREIGN KEY(batch_id) REFERENCES import_batches (id)
)
 STRICT;;
CREATE TABLE day_close_lines (
	id INTEGER NOT NULL, 
	close_id INTEGER NOT NULL, 
	method TEXT NOT NULL, 
	bills INTEGER NOT NULL, 
	sales INTEGER NOT NULL, 
	refunds INTEGER NOT NULL, 
	float_before INTEGER NOT NULL, 
	counted INTEGER, 
	float_after INTEGER NOT NULL, 
	CONSTRAINT pk_day_close_lines PRIMARY KEY (id), 
	CONSTRAINT fk_day_close_lines_close_id FOREIGN KEY(close_id) REFERENCES day_closes (id) ON DELETE CASCADE, 
	CONSTRAINT fk_day_close_lines_method FOREIGN KEY(method) REFERENCES payment_methods (code)
)
 STRICT;;
CREATE TABLE import_changes (
	id INTEGER NOT NULL, 
	batch_id INTEGER NOT NULL, 
	table_name TEXT NOT NULL, 
	row_id INTEGER NOT NULL, 
	change TEXT NOT NULL, 
	CONSTRAINT pk_import_changes PRIMARY KEY (id), 
	CONSTRAINT fk_import_changes_batch_id FOREIGN KEY(batch_id) REFERENCES import_batches (id)
)
 STRICT;;
CREATE TABLE customers (
	id INTEGER NOT NULL, 
	external_id TEXT, 
	name TEXT NOT NULL, 
	sort_key TEXT NOT NULL, 
	company TEXT NOT NULL, 
	gender TEXT NOT NULL, 
	wechat TEXT NOT NULL, 
	birth_lunar INTEGER NOT NULL, 
	birth_year INTEGER, 
	birth_month INTEGER, 
	birth_day INTEGER, 
	birth_leap INTEGER NOT NULL, 
	source TEXT NOT NULL, 
	note TEXT NOT NULL, 
	preferred_channel TEXT NOT NULL, 
	do_not_contact INTEGER NOT NULL, 
	needs TEXT DEFAULT '' NOT NULL, 
	preferences TEXT DEFAULT '' NOT NULL, 
	buys_elsewhere TEXT DEFAULT '' NOT NULL, 
	values_ranked TEXT DEFAULT '[]' NOT NULL, 
	credit_note TEXT DEFAULT '' NOT NULL, 
	credit_limit INTEGER, 
	personal_discount INTEGER, 
	household_id INTEGER, 
	referrer_id INTEGER, 
	created_at TEXT NOT NULL, 
	created_by INTEGER, 
	archived_at TEXT, 
	erased_at TEXT, 
	merged_into INTEGER, 
	batch_id INTEGER, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_customers PRIMARY KEY (id), 
	CONSTRAINT uq_customers_external_id UNIQUE (external_id), 
	CONSTRAINT fk_customers_household_id FOREIGN KEY(household_id) REFERENCES households (id), 
	CONSTRAINT fk_customers_referrer_id FOREIGN KEY(referrer_id) REFERENCES customers (id), 
	CONSTRAINT fk_customers_created_by FOREIGN KEY(created_by) REFERENCES staff (id), 
	CONSTRAINT fk_customers_merged_into FOREIGN KEY(merged_into) REFERENCES customers (id), 
	CONSTRAINT fk_customers_batch_id FOREIGN KEY(batch_id) REFERENCES import_batches (id)
)
 STRICT;;
CREATE TABLE earning_goods (
	id INTEGER NOT NULL, 
	version_id INTEGER NOT NULL, 
	product_id INTEGER, 
	category TEXT NOT NULL, 
	rate TEXT NOT NULL, 
	CONSTRAINT pk_earning_goods PRIMARY KEY (id), 
	CONSTRAINT fk_earning_goods_version_id FOREIGN KEY(version_id) REFERENCES earning_versions (id), 
	CONSTRAINT fk_earning_goods_product_id FOREIGN KEY(product_id) REFERENCES products (id)
)
 STRICT;;
CREATE TABLE tier_floors (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	tier_code TEXT NOT NULL, 
	until TEXT, 
	reason TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	operation_id TEXT NOT NULL, 
	CONSTRAINT pk_tier_floors PRIMARY KEY (id), 
	CONSTRAINT fk_tier_floors_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_tier_floors_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_tier_floors_operation_id UNIQUE (operation_id)
)
 STRICT;;
CREATE TABLE tier_moves (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	"on" TEXT NOT NULL, 
	from_rank INTEGER NOT NULL, 
	to_rank INTEGER NOT NULL, 
	cause TEXT NOT NULL, 
	valid_until TEXT, 
	due_on TEXT, 
	CONSTRAINT pk_tier_moves PRIMARY KEY (id), 
	CONSTRAINT fk_tier_moves_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE member_card_events (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	replaced_by TEXT NOT NULL, 
	batch_id INTEGER, 
	CONSTRAINT pk_member_card_events PRIMARY KEY (id), 
	CONSTRAINT fk_member_card_events_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_member_card_events_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_member_card_events_batch_id FOREIGN KEY(batch_id) REFERENCES import_batches (id)
)
 STRICT;;
CREATE TABLE coupon_kinds (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	occasion TEXT NOT NULL, 
	benefit TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	product_id INTEGER, 
	min_bill INTEGER NOT NULL, 
	categories TEXT NOT NULL, 
	days INTEGER, 
	first TEXT, 
	last TEXT, 
	since TEXT, 
	uses INTEGER NOT NULL, 
	per_customer INTEGER, 
	from_amount INTEGER NOT NULL, 
	archived_at TEXT, 
	CONSTRAINT pk_coupon_kinds PRIMARY KEY (id), 
	CONSTRAINT fk_coupon_kinds_product_id FOREIGN KEY(product_id) REFERENCES products (id)
)
 STRICT;;
CREATE TABLE card_plans (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	name TEXT NOT NULL, 
	price INTEGER NOT NULL, 
	bonus INTEGER NOT NULL, 
	units INTEGER NOT NULL, 
	category TEXT NOT NULL, 
	product_id INTEGER, 
	months INTEGER, 
	archived_at TEXT, 
	CONSTRAINT pk_card_plans PRIMARY KEY (id), 
	CONSTRAINT fk_card_plans_product_id FOREIGN KEY(product_id) REFERENCES products (id)
)
 STRICT;;
CREATE TABLE sales (
	id INTEGER NOT NULL, 
	number TEXT NOT NULL, 
	invoice TEXT NOT NULL, 
	customer_id INTEGER, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	gross INTEGER NOT NULL, 
	discount INTEGER NOT NULL, 
	points_used INTEGER NOT NULL, 
	points_value INTEGER NOT NULL, 
	points_earned INTEGER NOT NULL, 
	total INTEGER NOT NULL, 
	payment TEXT NOT NULL, 
	revenue INTEGER NOT NULL, 
	returned INTEGER NOT NULL, 
	counted_lines INTEGER NOT NULL, 
	returns_id INTEGER, 
	operation_id TEXT, 
	batch_id INTEGER, 
	voided_at TEXT, 
	voided_after_id INTEGER, 
	CONSTRAINT pk_sales PRIMARY KEY (id), 
	CONSTRAINT fk_sales_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_sales_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_sales_returns_id FOREIGN KEY(returns_id) REFERENCES sales (id), 
	CONSTRAINT uq_sales_operation_id UNIQUE (operation_id), 
	CONSTRAINT fk_sales_batch_id FOREIGN KEY(batch_id) REFERENCES import_batches (id), 
	CONSTRAINT fk_sales_voided_after_id FOREIGN KEY(voided_after_id) REFERENCES day_closes (id)
)
 STRICT;;
CREATE TABLE parked_tickets (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	customer_id INTEGER, 
	operation_id TEXT NOT NULL, 
	ticket TEXT NOT NULL, 
	CONSTRAINT pk_parked_tickets PRIMARY KEY (id), 
	CONSTRAINT fk_parked_tickets_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_parked_tickets_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT uq_parked_tickets_operation_id UNIQUE (operation_id)
)
 STRICT;;
CREATE TABLE pinned_facts (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	text TEXT NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	CONSTRAINT pk_pinned_facts PRIMARY KEY (id), 
	CONSTRAINT fk_pinned_facts_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_pinned_facts_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE customer_dates (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	lunar INTEGER NOT NULL, 
	year INTEGER, 
	month INTEGER NOT NULL, 
	day INTEGER NOT NULL, 
	leap INTEGER NOT NULL, 
	CONSTRAINT pk_customer_dates PRIMARY KEY (id), 
	CONSTRAINT fk_customer_dates_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE custom_values (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	field_id INTEGER NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_custom_values PRIMARY KEY (id), 
	CONSTRAINT uq_custom_values_customer_id_field_id UNIQUE (customer_id, field_id), 
	CONSTRAINT fk_custom_values_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_custom_values_field_id FOREIGN KEY(field_id) REFERENCES custom_fields (id)
)
 STRICT;;
CREATE TABLE field_checks (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	field TEXT NOT NULL, 
	checked_on TEXT NOT NULL, 
	CONSTRAINT pk_field_checks PRIMARY KEY (id), 
	CONSTRAINT uq_field_checks_customer_id_field UNIQUE (customer_id, field), 
	CONSTRAINT fk_field_checks_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE customer_photos (
	customer_id INTEGER NOT NULL, 
	jpeg BLOB NOT NULL, 
	CONSTRAINT pk_customer_photos PRIMARY KEY (customer_id), 
	CONSTRAINT fk_customer_photos_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE personal_prices (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	product_id INTEGER NOT NULL, 
	price INTEGER NOT NULL, 
	CONSTRAINT pk_personal_prices PRIMARY KEY (id), 
	CONSTRAINT uq_personal_prices_customer_id_product_id UNIQUE (customer_id, product_id), 
	CONSTRAINT fk_personal_prices_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_personal_prices_product_id FOREIGN KEY(product_id) REFERENCES products (id)
)
 STRICT;;
CREATE TABLE customer_phones (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	typed TEXT NOT NULL, 
	e164 TEXT, 
	digits TEXT NOT NULL, 
	CONSTRAINT pk_customer_phones PRIMARY KEY (id), 
	CONSTRAINT fk_customer_phones_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE customer_emails (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	address TEXT NOT NULL, 
	CONSTRAINT pk_customer_emails PRIMARY KEY (id), 
	CONSTRAINT fk_customer_emails_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE customer_addresses (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	label TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_customer_addresses PRIMARY KEY (id), 
	CONSTRAINT fk_customer_addresses_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE customer_tags (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_customer_tags PRIMARY KEY (id), 
	CONSTRAINT uq_customer_tags_customer_id_name UNIQUE (customer_id, name), 
	CONSTRAINT fk_customer_tags_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	given INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	source TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (id), 
	CONSTRAINT fk_consents_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_consents_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE not_same (
	id INTEGER NOT NULL, 
	low_id INTEGER NOT NULL, 
	high_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	CONSTRAINT pk_not_same PRIMARY KEY (id), 
	CONSTRAINT uq_not_same_low_id_high_id UNIQUE (low_id, high_id), 
	CONSTRAINT ck_not_same_ordered CHECK (low_id < high_id), 
	CONSTRAINT fk_not_same_low_id FOREIGN KEY(low_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_not_same_high_id FOREIGN KEY(high_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_not_same_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE customer_merges (
	id INTEGER NOT NULL, 
	kept_id INTEGER NOT NULL, 
	gone_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	snapshot TEXT NOT NULL, 
	undone_at TEXT, 
	CONSTRAINT pk_customer_merges PRIMARY KEY (id), 
	CONSTRAINT fk_customer_merges_kept_id FOREIGN KEY(kept_id) REFERENCES customers (id), 
	CONSTRAINT fk_customer_merges_gone_id FOREIGN KEY(gone_id) REFERENCES customers (id), 
	CONSTRAINT fk_customer_merges_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE customer_figures (
	customer_id INTEGER NOT NULL, 
	hidden INTEGER NOT NULL, 
	sort_key TEXT NOT NULL, 
	net INTEGER NOT NULL, 
	last_sale_on TEXT, 
	last_contact_on TEXT, 
	purchase_days INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	tier_rank INTEGER NOT NULL, 
	open_complaints INTEGER NOT NULL, 
	born INTEGER, 
	CONSTRAINT pk_customer_figures PRIMARY KEY (customer_id), 
	CONSTRAINT fk_customer_figures_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE customer_relations (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	CONSTRAINT pk_customer_relations PRIMARY KEY (id), 
	CONSTRAINT uq_customer_relations_customer_id_other_id UNIQUE (customer_id, other_id), 
	CONSTRAINT fk_customer_relations_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id) ON DELETE CASCADE, 
	CONSTRAINT fk_customer_relations_other_id FOREIGN KEY(other_id) REFERENCES customers (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE complaints (
	id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	customer_id INTEGER, 
	opened_at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	assignee_id INTEGER, 
	category TEXT NOT NULL, 
	severity TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	words TEXT NOT NULL, 
	wish TEXT NOT NULL, 
	remedy TEXT NOT NULL, 
	on_the_spot INTEGER NOT NULL, 
	sale_id INTEGER, 
	product_id INTEGER, 
	root_cause TEXT NOT NULL, 
	prevention TEXT NOT NULL, 
	cause_staff_id INTEGER, 
	state TEXT NOT NULL, 
	satisfaction INTEGER, 
	identity TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_complaints PRIMARY KEY (id), 
	CONSTRAINT uq_complaints_number UNIQUE (number), 
	CONSTRAINT fk_complaints_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_complaints_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_complaints_assignee_id FOREIGN KEY(assignee_id) REFERENCES staff (id), 
	CONSTRAINT fk_complaints_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_complaints_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_complaints_cause_staff_id FOREIGN KEY(cause_staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_complaints_identity UNIQUE (identity)
)
 STRICT;;
CREATE TABLE point_entries (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	points INTEGER NOT NULL, 
	sale_id INTEGER, 
	opens_lot INTEGER NOT NULL, 
	lot_id INTEGER, 
	available_from TEXT, 
	expires_on TEXT, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	rate TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_point_entries PRIMARY KEY (id), 
	CONSTRAINT ck_point_entries_moves CHECK (points <> 0), 
	CONSTRAINT uq_point_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_point_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_point_entries_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_point_entries_lot_id FOREIGN KEY(lot_id) REFERENCES point_entries (id), 
	CONSTRAINT fk_point_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE stored_entries (
	customer_id INTEGER NOT NULL, 
	part TEXT NOT NULL, 
	plan_id INTEGER, 
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	move TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	sale_id INTEGER, 
	opens_lot INTEGER NOT NULL, 
	available_from TEXT, 
	expires_on TEXT, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	lot_id INTEGER, 
	CONSTRAINT pk_stored_entries PRIMARY KEY (id), 
	CONSTRAINT ck_stored_entries_moves CHECK (units <> 0), 
	CONSTRAINT uq_stored_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_stored_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_stored_entries_plan_id FOREIGN KEY(plan_id) REFERENCES card_plans (id), 
	CONSTRAINT fk_stored_entries_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_stored_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_stored_entries_lot_id FOREIGN KEY(lot_id) REFERENCES stored_entries (id)
)
 STRICT;;
CREATE TABLE visit_entries (
	customer_id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	worth INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	move TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	sale_id INTEGER, 
	opens_lot INTEGER NOT NULL, 
	available_from TEXT, 
	expires_on TEXT, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	lot_id INTEGER, 
	CONSTRAINT pk_visit_entries PRIMARY KEY (id), 
	CONSTRAINT ck_visit_entries_moves CHECK (units <> 0), 
	CONSTRAINT uq_visit_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_visit_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_visit_entries_plan_id FOREIGN KEY(plan_id) REFERENCES card_plans (id), 
	CONSTRAINT fk_visit_entries_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_visit_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_visit_entries_lot_id FOREIGN KEY(lot_id) REFERENCES visit_entries (id)
)
 STRICT;;
CREATE TABLE stamp_entries (
	customer_id INTEGER NOT NULL, 
	plan_id INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	move TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	sale_id INTEGER, 
	opens_lot INTEGER NOT NULL, 
	available_from TEXT, 
	expires_on TEXT, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	lot_id INTEGER, 
	CONSTRAINT pk_stamp_entries PRIMARY KEY (id), 
	CONSTRAINT ck_stamp_entries_moves CHECK (units <> 0), 
	CONSTRAINT uq_stamp_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_stamp_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_stamp_entries_plan_id FOREIGN KEY(plan_id) REFERENCES card_plans (id), 
	CONSTRAINT fk_stamp_entries_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_stamp_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_stamp_entries_lot_id FOREIGN KEY(lot_id) REFERENCES stamp_entries (id)
)
 STRICT;;
CREATE TABLE coupon_entries (
	customer_id INTEGER, 
	kind_id INTEGER NOT NULL, 
	code TEXT, 
	occasion TEXT, 
	worth INTEGER NOT NULL, 
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	move TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	sale_id INTEGER, 
	opens_lot INTEGER NOT NULL, 
	available_from TEXT, 
	expires_on TEXT, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	lot_id INTEGER, 
	CONSTRAINT pk_coupon_entries PRIMARY KEY (id), 
	CONSTRAINT ck_coupon_entries_moves CHECK (units <> 0), 
	CONSTRAINT uq_coupon_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_coupon_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_coupon_entries_kind_id FOREIGN KEY(kind_id) REFERENCES coupon_kinds (id), 
	CONSTRAINT uq_coupon_entries_code UNIQUE (code), 
	CONSTRAINT fk_coupon_entries_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_coupon_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_coupon_entries_lot_id FOREIGN KEY(lot_id) REFERENCES coupon_entries (id)
)
 STRICT;;
CREATE TABLE rewards (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	cost INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	days INTEGER, 
	product_id INTEGER, 
	counted INTEGER NOT NULL, 
	per_customer INTEGER, 
	first TEXT, 
	last TEXT, 
	coupon_kind_id INTEGER, 
	archived_at TEXT, 
	CONSTRAINT pk_rewards PRIMARY KEY (id), 
	CONSTRAINT fk_rewards_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_rewards_coupon_kind_id FOREIGN KEY(coupon_kind_id) REFERENCES coupon_kinds (id)
)
 STRICT;;
CREATE TABLE sale_lines (
	id INTEGER NOT NULL, 
	sale_id INTEGER NOT NULL, 
	product_id INTEGER, 
	description TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	unit_price INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	discount INTEGER NOT NULL, 
	points_value INTEGER NOT NULL, 
	unit_cost INTEGER, 
	is_return INTEGER NOT NULL, 
	returns_line_id INTEGER, 
	deposit INTEGER DEFAULT '0' NOT NULL, 
	plan_id INTEGER, 
	identity BLOB, 
	CONSTRAINT pk_sale_lines PRIMARY KEY (id), 
	CONSTRAINT fk_sale_lines_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id) ON DELETE CASCADE, 
	CONSTRAINT fk_sale_lines_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_sale_lines_returns_line_id FOREIGN KEY(returns_line_id) REFERENCES sale_lines (id), 
	CONSTRAINT fk_sale_lines_plan_id FOREIGN KEY(plan_id) REFERENCES card_plans (id), 
	CONSTRAINT uq_sale_lines_identity UNIQUE (identity)
)
 STRICT;;
CREATE TABLE payments (
	id INTEGER NOT NULL, 
	sale_id INTEGER NOT NULL, 
	method TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	tendered INTEGER, 
	CONSTRAINT pk_payments PRIMARY KEY (id), 
	CONSTRAINT fk_payments_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_payments_method FOREIGN KEY(method) REFERENCES payment_methods (code)
)
 STRICT;;
CREATE TABLE complaint_events (
	id INTEGER NOT NULL, 
	complaint_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	state TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	takes_back_id INTEGER, 
	CONSTRAINT pk_complaint_events PRIMARY KEY (id), 
	CONSTRAINT fk_complaint_events_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id) ON DELETE CASCADE, 
	CONSTRAINT fk_complaint_events_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_complaint_events_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT fk_complaint_events_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES complaint_events (id)
)
 STRICT;;
CREATE TABLE complaint_remedies (
	id INTEGER NOT NULL, 
	complaint_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	cost INTEGER NOT NULL, 
	note TEXT NOT NULL, 
	points INTEGER NOT NULL, 
	coupon_id INTEGER, 
	return_id INTEGER, 
	product_id INTEGER, 
	operation_id TEXT NOT NULL, 
	reverses_id INTEGER, 
	restores_id INTEGER, 
	CONSTRAINT pk_complaint_remedies PRIMARY KEY (id), 
	CONSTRAINT ck_complaint_remedies_signed CHECK ((cost >= 0) = (reverses_id IS NULL) OR cost = 0), 
	CONSTRAINT fk_complaint_remedies_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id) ON DELETE CASCADE, 
	CONSTRAINT fk_complaint_remedies_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_complaint_remedies_coupon_id FOREIGN KEY(coupon_id) REFERENCES coupon_entries (id), 
	CONSTRAINT fk_complaint_remedies_return_id FOREIGN KEY(return_id) REFERENCES sales (id), 
	CONSTRAINT fk_complaint_remedies_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT uq_complaint_remedies_operation_id UNIQUE (operation_id), 
	CONSTRAINT uq_complaint_remedies_reverses_id UNIQUE (reverses_id), 
	CONSTRAINT fk_complaint_remedies_reverses_id FOREIGN KEY(reverses_id) REFERENCES complaint_remedies (id), 
	CONSTRAINT uq_complaint_remedies_restores_id UNIQUE (restores_id), 
	CONSTRAINT fk_complaint_remedies_restores_id FOREIGN KEY(restores_id) REFERENCES complaint_remedies (id)
)
 STRICT;;
CREATE TABLE complaint_attachments (
	id INTEGER NOT NULL, 
	complaint_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	stored TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	size INTEGER NOT NULL, 
	mime TEXT NOT NULL, 
	at TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	removed_at TEXT, 
	CONSTRAINT pk_complaint_attachments PRIMARY KEY (id), 
	CONSTRAINT fk_complaint_attachments_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id) ON DELETE CASCADE, 
	CONSTRAINT fk_complaint_attachments_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE complaint_marks (
	id INTEGER NOT NULL, 
	complaint_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	reached INTEGER, 
	answer INTEGER, 
	note TEXT NOT NULL, 
	takes_back_id INTEGER, 
	CONSTRAINT pk_complaint_marks PRIMARY KEY (id), 
	CONSTRAINT fk_complaint_marks_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id) ON DELETE CASCADE, 
	CONSTRAINT fk_complaint_marks_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_complaint_marks_takes_back_id UNIQUE (takes_back_id), 
	CONSTRAINT fk_complaint_marks_takes_back_id FOREIGN KEY(takes_back_id) REFERENCES complaint_marks (id)
)
 STRICT;;
CREATE TABLE complaint_clocks (
	complaint_id INTEGER NOT NULL, 
	since TEXT NOT NULL, 
	answered_at TEXT, 
	answer_due_at TEXT, 
	due_at TEXT, 
	next_due_at TEXT, 
	pressing INTEGER NOT NULL, 
	escalate_at TEXT, 
	escalated INTEGER NOT NULL, 
	reopened INTEGER NOT NULL, 
	call_on TEXT, 
	calls INTEGER NOT NULL, 
	CONSTRAINT pk_complaint_clocks PRIMARY KEY (complaint_id), 
	CONSTRAINT fk_complaint_clocks_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE followup_series (
	id INTEGER NOT NULL, 
	rule TEXT, 
	after_done_days INTEGER, 
	first_on TEXT NOT NULL, 
	since TEXT NOT NULL, 
	until_on TEXT, 
	times INTEGER, 
	customer_id INTEGER, 
	due_at TEXT, 
	kind TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	text TEXT NOT NULL, 
	complaint_id INTEGER, 
	staff_id INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	uid TEXT, 
	identity TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_followup_series PRIMARY KEY (id), 
	CONSTRAINT ck_followup_series_one_way CHECK ((rule IS NULL) <> (after_done_days IS NULL)), 
	CONSTRAINT fk_followup_series_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_followup_series_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT fk_followup_series_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT uq_followup_series_identity UNIQUE (identity)
)
 STRICT;;
CREATE TABLE interactions (
	id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	staff_id INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	direction TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	reached INTEGER NOT NULL, 
	summary TEXT NOT NULL, 
	noticed TEXT, 
	objection TEXT DEFAULT '' NOT NULL, 
	reply TEXT DEFAULT '' NOT NULL, 
	reply_worked INTEGER, 
	demonstrated TEXT DEFAULT '' NOT NULL, 
	quoted TEXT DEFAULT '' NOT NULL, 
	product_id INTEGER, 
	complaint_id INTEGER, 
	identity TEXT, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT pk_interactions PRIMARY KEY (id), 
	CONSTRAINT fk_interactions_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_interactions_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_interactions_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_interactions_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT uq_interactions_identity UNIQUE (identity)
)
 STRICT;;
CREATE TABLE point_lots (
	lot_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	usable_from TEXT NOT NULL, 
	last_day TEXT NOT NULL, 
	remaining INTEGER NOT NULL, 
	CONSTRAINT pk_point_lots PRIMARY KEY (lot_id), 
	CONSTRAINT fk_point_lots_lot_id FOREIGN KEY(lot_id) REFERENCES point_entries (id)
)
 STRICT;;
CREATE TABLE reward_entries (
	id INTEGER NOT NULL, 
	reward_id INTEGER NOT NULL, 
	customer_id INTEGER, 
	at TEXT NOT NULL, 
	shop_day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	coupon_id INTEGER, 
	staff_id INTEGER NOT NULL, 
	reason TEXT NOT NULL, 
	operation_id TEXT NOT NULL, 
	ordinal INTEGER NOT NULL, 
	CONSTRAINT pk_reward_entries PRIMARY KEY (id), 
	CONSTRAINT ck_reward_entries_moves CHECK (units <> 0), 
	CONSTRAINT uq_reward_entries_operation_id_ordinal UNIQUE (operation_id, ordinal), 
	CONSTRAINT fk_reward_entries_reward_id FOREIGN KEY(reward_id) REFERENCES rewards (id), 
	CONSTRAINT fk_reward_entries_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_reward_entries_coupon_id FOREIGN KEY(coupon_id) REFERENCES coupon_entries (id), 
	CONSTRAINT fk_reward_entries_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id)
)
 STRICT;;
CREATE TABLE followup_gaps (
	id INTEGER NOT NULL, 
	series_id INTEGER NOT NULL, 
	occurs_on TEXT NOT NULL, 
	CONSTRAINT pk_followup_gaps PRIMARY KEY (id), 
	CONSTRAINT uq_followup_gaps_series_id_occurs_on UNIQUE (series_id, occurs_on), 
	CONSTRAINT fk_followup_gaps_series_id FOREIGN KEY(series_id) REFERENCES followup_series (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE followups (
	id INTEGER NOT NULL, 
	customer_id INTEGER, 
	due_on TEXT NOT NULL, 
	due_at TEXT, 
	kind TEXT NOT NULL, 
	purpose TEXT NOT NULL, 
	text TEXT NOT NULL, 
	complaint_id INTEGER, 
	staff_id INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	done_at TEXT, 
	done_by INTEGER, 
	identity TEXT, 
	uid TEXT, 
	series_id INTEGER, 
	occurs_on TEXT, 
	rule TEXT, 
	latest_on TEXT, 
	planned_on TEXT, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_followups PRIMARY KEY (id), 
	CONSTRAINT uq_followups_series_id_occurs_on UNIQUE (series_id, occurs_on), 
	CONSTRAINT fk_followups_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_followups_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id), 
	CONSTRAINT fk_followups_staff_id FOREIGN KEY(staff_id) REFERENCES staff (id), 
	CONSTRAINT fk_followups_done_by FOREIGN KEY(done_by) REFERENCES staff (id), 
	CONSTRAINT uq_followups_identity UNIQUE (identity), 
	CONSTRAINT fk_followups_series_id FOREIGN KEY(series_id) REFERENCES followup_series (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE script_answers (
	id INTEGER NOT NULL, 
	question_id INTEGER NOT NULL, 
	customer_id INTEGER NOT NULL, 
	interaction_id INTEGER, 
	shop_day TEXT NOT NULL, 
	text TEXT NOT NULL, 
	CONSTRAINT pk_script_answers PRIMARY KEY (id), 
	CONSTRAINT fk_script_answers_question_id FOREIGN KEY(question_id) REFERENCES script_questions (id), 
	CONSTRAINT fk_script_answers_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_script_answers_interaction_id FOREIGN KEY(interaction_id) REFERENCES interactions (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE followup_reminders (
	followup_id INTEGER NOT NULL, 
	due TEXT NOT NULL, 
	told_at TEXT NOT NULL, 
	CONSTRAINT pk_followup_reminders PRIMARY KEY (followup_id, due), 
	CONSTRAINT fk_followup_reminders_followup_id FOREIGN KEY(followup_id) REFERENCES followups (id) ON DELETE CASCADE
)
 STRICT;;
CREATE TABLE search_entries (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref INTEGER NOT NULL, UNIQUE (kind, ref)) STRICT;;
CREATE VIRTUAL TABLE search_words USING fts5(whole, inner, content='', contentless_delete=1, detail='column', prefix='1 2 3 4', tokenize="unicode61 remove_diacritics 0");;
CREATE INDEX ix_audit_entries_row ON audit_entries (table_name, row_id);;
CREATE INDEX ix_complaint_attachments_complaint_id ON complaint_attachments (complaint_id);;
CREATE INDEX ix_complaint_attachments_stored ON complaint_attachments (stored);;
CREATE INDEX ix_complaint_clocks_call_on ON complaint_clocks (call_on, complaint_id);;
CREATE INDEX ix_complaint_clocks_escalate_at ON complaint_clocks (escalate_at, complaint_id);;
CREATE INDEX ix_complaint_clocks_next_due_at ON complaint_clocks (next_due_at, complaint_id);;
CREATE INDEX ix_complaint_clocks_pressing ON complaint_clocks (pressing, complaint_id);;
CREATE INDEX ix_complaint_clocks_since ON complaint_clocks (since, complaint_id);;
CREATE INDEX ix_complaint_events_case ON complaint_events (complaint_id, at);;
CREATE INDEX ix_complaint_marks_case ON complaint_marks (complaint_id, at);;
CREATE INDEX ix_complaint_remedies_case ON complaint_remedies (complaint_id, at);;
CREATE INDEX ix_complaints_category ON complaints (category, id);;
CREATE INDEX ix_complaints_customer_id ON complaints (customer_id);;
CREATE INDEX ix_complaints_opened_at ON complaints (opened_at, id);;
CREATE INDEX ix_complaints_product_id ON complaints (product_id);;
CREATE INDEX ix_complaints_sale_id ON complaints (sale_id);;
CREATE INDEX ix_complaints_severity ON complaints (severity, id);;
CREATE INDEX ix_complaints_shop_day ON complaints (shop_day);;
CREATE INDEX ix_complaints_state ON complaints (state, opened_at);;
CREATE INDEX ix_consents_customer ON consents (customer_id, channel, at);;
CREATE INDEX ix_coupon_entries_customer ON coupon_entries (customer_id, at);;
CREATE INDEX ix_coupon_entries_kind_id ON coupon_entries (kind_id);;
CREATE INDEX ix_coupon_entries_lot_id ON coupon_entries (lot_id);;
CREATE INDEX ix_coupon_entries_occasion ON coupon_entries (occasion);;
CREATE INDEX ix_coupon_entries_sale_id ON coupon_entries (sale_id);;
CREATE INDEX ix_custom_values_field ON custom_values (field_id, value);;
CREATE INDEX ix_customer_addresses_customer_id ON customer_addresses (customer_id);;
CREATE INDEX ix_customer_dates_customer_id ON customer_dates (customer_id);;
CREATE INDEX ix_customer_emails_customer_id ON customer_emails (customer_id);;
CREATE INDEX ix_customer_figures_born ON customer_figures (born, tier_rank DESC, net DESC, customer_id) WHERE born IS NOT NULL AND hidden = 0;;
CREATE INDEX ix_customer_figures_last_contact_on ON customer_figures (hidden, last_contact_on, customer_id);;
CREATE INDEX ix_customer_figures_last_sale_on ON customer_figures (hidden, last_sale_on, customer_id);;
CREATE INDEX ix_customer_figures_net ON customer_figures (hidden, net, customer_id);;
CREATE INDEX ix_customer_figures_open_complaints ON customer_figures (hidden, open_complaints, customer_id);;
CREATE INDEX ix_customer_figures_points ON customer_figures (hidden, points, customer_id);;
CREATE INDEX ix_customer_figures_purchase_days ON customer_figures (hidden, purchase_days, customer_id);;
CREATE INDEX ix_customer_figures_sort_key ON customer_figures (hidden, sort_key, customer_id);;
CREATE INDEX ix_customer_figures_tier_rank ON customer_figures (hidden, tier_rank, customer_id);;
CREATE INDEX ix_customer_merges_gone_id ON customer_merges (gone_id);;
CREATE INDEX ix_customer_merges_kept_id ON customer_merges (kept_id);;
CREATE INDEX ix_customer_phones_customer_id ON customer_phones (customer_id);;
CREATE INDEX ix_customer_phones_digits ON customer_phones (digits);;
CREATE INDEX ix_customer_phones_e164 ON customer_phones (e164);;
CREATE INDEX ix_customer_relations_other_id ON customer_relations (other_id);;
CREATE INDEX ix_customer_tags_customer_id ON customer_tags (customer_id);;
CREATE INDEX ix_customer_tags_name ON customer_tags (name);;
CREATE INDEX ix_customers_apart ON customers (archived_at) WHERE archived_at IS NOT NULL OR erased_at IS NOT NULL OR merged_into IS NOT NULL OR do_not_contact;;
CREATE INDEX ix_customers_batch_id ON customers (batch_id);;
CREATE INDEX ix_customers_created_by ON customers (created_by);;
CREATE INDEX ix_customers_household_id ON customers (household_id);;
CREATE INDEX ix_customers_merged_into ON customers (merged_into);;
CREATE INDEX ix_customers_referrer_id ON customers (referrer_id);;
CREATE INDEX ix_day_close_lines_close_id ON day_close_lines (close_id);;
CREATE INDEX ix_day_closes_day ON day_closes (shop_day, voided_at);;
CREATE INDEX ix_earning_days_version_id ON earning_days (version_id);;
CREATE INDEX ix_earning_goods_product_id ON earning_goods (product_id);;
CREATE INDEX ix_earning_goods_version_id ON earning_goods (version_id);;
CREATE INDEX ix_earning_versions_from_day ON earning_versions (from_day);;
CREATE INDEX ix_followup_series_complaint_id ON followup_series (complaint_id);;
CREATE INDEX ix_followup_series_customer_id ON followup_series (customer_id);;
CREATE INDEX ix_followups_complaint_id ON followups (complaint_id);;
CREATE INDEX ix_followups_customer_id ON followups (customer_id);;
CREATE INDEX ix_followups_due ON followups (due_on, done_at, due_at, customer_id, purpose, staff_id);;
CREATE INDEX ix_followups_open ON followups (done_at, due_on);;
CREATE INDEX ix_import_changes_batch_id ON import_changes (batch_id);;
CREATE INDEX ix_interactions_complaint_id ON interactions (complaint_id);;
CREATE INDEX ix_interactions_customer ON interactions (customer_id, at);;
CREATE INDEX ix_interactions_day ON interactions (shop_day);;
CREATE INDEX ix_interactions_product_id ON interactions (product_id);;
CREATE INDEX ix_interactions_replies ON interactions (at) WHERE reply <> '';;
CREATE INDEX ix_member_card_events_batch_id ON member_card_events (batch_id);;
CREATE INDEX ix_member_card_events_customer_id ON member_card_events (customer_id);;
CREATE INDEX ix_member_card_events_number ON member_card_events (number);;
CREATE INDEX ix_not_same_high_id ON not_same (high_id);;
CREATE INDEX ix_past_tier_thresholds_tier_id ON past_tier_thresholds (tier_id);;
CREATE INDEX ix_payments_sale_id ON payments (sale_id);;
CREATE INDEX ix_personal_prices_product_id ON personal_prices (product_id);;
CREATE INDEX ix_pinned_facts_customer_id ON pinned_facts (customer_id);;
CREATE INDEX ix_point_entries_customer ON point_entries (customer_id, at, points);;
CREATE INDEX ix_point_entries_lot ON point_entries (lot_id) WHERE lot_id IS NOT NULL;;
CREATE INDEX ix_point_entries_owed ON point_entries (customer_id, points) WHERE lot_id IS NULL AND opens_lot = 0;;
CREATE INDEX ix_point_entries_sale_id ON point_entries (sale_id);;
CREATE INDEX ix_point_lots_ending ON point_lots (last_day) WHERE remaining > 0;;
CREATE INDEX ix_point_lots_spending ON point_lots (customer_id, last_day, at, lot_id, usable_from, remaining) WHERE remaining > 0;;
CREATE INDEX ix_products_barcode ON products (barcode);;
CREATE INDEX ix_products_batch_id ON products (batch_id);;
CREATE INDEX ix_reward_entries_customer_id ON reward_entries (customer_id);;
CREATE INDEX ix_reward_entries_reward_id ON reward_entries (reward_id);;
CREATE INDEX ix_rule_runs_day ON rule_runs (day);;
CREATE INDEX ix_sale_lines_product_id ON sale_lines (product_id);;
CREATE INDEX ix_sale_lines_returns ON sale_lines (returns_line_id) WHERE returns_line_id IS NOT NULL;;
CREATE INDEX ix_sale_lines_sale_id ON sale_lines (sale_id);;
CREATE INDEX ix_sales_customer ON sales (customer_id, shop_day, revenue, returned, voided_at, returns_id);;
CREATE INDEX ix_sales_day ON sales (shop_day, customer_id, revenue, returned, counted_lines, voided_at);;
CREATE INDEX ix_sales_invoice ON sales (invoice);;
CREATE INDEX ix_sales_number ON sales (shop_day, length(number), number) WHERE origin = 'till';;
CREATE INDEX ix_sales_of_batch ON sales (batch_id) WHERE batch_id IS NOT NULL;;
CREATE INDEX ix_sales_of_sale ON sales (returns_id, returned, voided_at) WHERE returns_id IS NOT NULL;;
CREATE INDEX ix_sales_points_used ON sales (customer_id, at, points_used) WHERE points_used > 0;;
CREATE INDEX ix_sales_returns ON sales (customer_id, returns_id, returned, voided_at) WHERE returns_id IS NOT NULL;;
CREATE INDEX ix_script_answers_customer_id ON script_answers (customer_id);;
CREATE INDEX ix_script_answers_interaction_id ON script_answers (interaction_id);;
CREATE INDEX ix_script_answers_question_id ON script_answers (question_id);;
CREATE INDEX ix_script_questions_script_id ON script_questions (script_id);;
CREATE INDEX ix_stamp_entries_customer ON stamp_entries (customer_id, at);;
CREATE INDEX ix_stamp_entries_lot_id ON stamp_entries (lot_id);;
CREATE INDEX ix_stamp_entries_plan_id ON stamp_entries (plan_id);;
CREATE INDEX ix_stamp_entries_sale_id ON stamp_entries (sale_id);;
CREATE INDEX ix_stored_entries_customer ON stored_entries (customer_id, at);;
CREATE INDEX ix_stored_entries_lot_id ON stored_entries (lot_id);;
CREATE INDEX ix_stored_entries_sale_id ON stored_entries (sale_id);;
CREATE INDEX ix_tier_benefits_tier_id ON tier_benefits (tier_id);;
CREATE INDEX ix_tier_floors_customer ON tier_floors (customer_id, at);;
CREATE INDEX ix_tier_moves_customer ON tier_moves (customer_id, "on", id);;
CREATE INDEX ix_tier_moves_due_on ON tier_moves (due_on);;
CREATE INDEX ix_visit_entries_customer ON visit_entries (customer_id, at);;
CREATE INDEX ix_visit_entries_lot_id ON visit_entries (lot_id);;
CREATE INDEX ix_visit_entries_plan_id ON visit_entries (plan_id);;
CREATE INDEX ix_visit_entries_sale_id ON visit_entries (sale_id);;
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;;
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit_entries is append-only'); END;;
CREATE TRIGGER complaint_events_no_delete BEFORE DELETE ON complaint_events BEGIN SELECT RAISE(ABORT, 'complaint_events is append-only') WHERE EXISTS (SELECT 1 FROM complaints WHERE id = OLD.complaint_id); END;;
CREATE TRIGGER complaint_events_no_update BEFORE UPDATE ON complaint_events BEGIN SELECT RAISE(ABORT, 'complaint_events is append-only'); END;;
CREATE TRIGGER complaint_marks_no_delete BEFORE DELETE ON complaint_marks BEGIN SELECT RAISE(ABORT, 'complaint_marks is append-only') WHERE EXISTS (SELECT 1 FROM complaints WHERE id = OLD.complaint_id); END;;
CREATE TRIGGER complaint_marks_no_update BEFORE UPDATE ON complaint_marks BEGIN SELECT RAISE(ABORT, 'complaint_marks is append-only'); END;;
CREATE TRIGGER complaint_remedies_no_delete BEFORE DELETE ON complaint_remedies BEGIN SELECT RAISE(ABORT, 'complaint_remedies is append-only') WHERE EXISTS (SELECT 1 FROM complaints WHERE id = OLD.complaint_id); END;;
CREATE TRIGGER complaint_remedies_no_update BEFORE UPDATE ON complaint_remedies BEGIN SELECT RAISE(ABORT, 'complaint_remedies is append-only'); END;;
CREATE TRIGGER coupon_entries_no_delete BEFORE DELETE ON coupon_entries BEGIN SELECT RAISE(ABORT, 'coupon_entries is append-only'); END;;
CREATE TRIGGER coupon_entries_no_update BEFORE UPDATE ON coupon_entries BEGIN SELECT RAISE(ABORT, 'coupon_entries is append-only'); END;;
CREATE TRIGGER member_card_events_no_delete BEFORE DELETE ON member_card_events BEGIN SELECT RAISE(ABORT, 'member_card_events is append-only'); END;;
CREATE TRIGGER member_card_events_no_update BEFORE UPDATE ON member_card_events BEGIN SELECT RAISE(ABORT, 'member_card_events is append-only'); END;;
CREATE TRIGGER payments_no_delete BEFORE DELETE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;;
CREATE TRIGGER payments_no_update BEFORE UPDATE ON payments BEGIN SELECT RAISE(ABORT, 'payments is append-only'); END;;
CREATE TRIGGER point_entries_draw_on_lot AFTER INSERT ON point_entries WHEN NEW.lot_id IS NOT NULL
BEGIN
    UPDATE point_lots SET remaining = remaining + NEW.points WHERE lot_id = NEW.lot_id;
END;;
CREATE TRIGGER point_entries_no_delete BEFORE DELETE ON point_entries BEGIN SELECT RAISE(ABORT, 'point_entries is append-only'); END;;
CREATE TRIGGER point_entries_no_update BEFORE UPDATE ON point_entries BEGIN SELECT RAISE(ABORT, 'point_entries is append-only'); END;;
CREATE TRIGGER point_entries_open_lot AFTER INSERT ON point_entries WHEN NEW.opens_lot
BEGIN
    INSERT INTO point_lots (lot_id, customer_id, at, usable_from, last_day, remaining) VALUES (
        NEW.id, NEW.customer_id, NEW.at, coalesce(NEW.available_from, NEW.shop_day),
        coalesce(NEW.expires_on, '9999-12-31'), NEW.points
    );
END;;
CREATE TRIGGER reward_entries_no_delete BEFORE DELETE ON reward_entries BEGIN SELECT RAISE(ABORT, 'reward_entries is append-only'); END;;
CREATE TRIGGER reward_entries_no_update BEFORE UPDATE ON reward_entries BEGIN SELECT RAISE(ABORT, 'reward_entries is append-only'); END;;
CREATE TRIGGER stamp_entries_no_delete BEFORE DELETE ON stamp_entries BEGIN SELECT RAISE(ABORT, 'stamp_entries is append-only'); END;;
CREATE TRIGGER stamp_entries_no_update BEFORE UPDATE ON stamp_entries BEGIN SELECT RAISE(ABORT, 'stamp_entries is append-only'); END;;
CREATE TRIGGER stored_entries_no_delete BEFORE DELETE ON stored_entries BEGIN SELECT RAISE(ABORT, 'stored_entries is append-only'); END;;
CREATE TRIGGER stored_entries_no_update BEFORE UPDATE ON stored_entries BEGIN SELECT RAISE(ABORT, 'stored_entries is append-only'); END;;
CREATE TRIGGER tier_floors_no_delete BEFORE DELETE ON tier_floors BEGIN SELECT RAISE(ABORT, 'tier_floors is append-only'); END;;
CREATE TRIGGER tier_floors_no_update BEFORE UPDATE ON tier_floors BEGIN SELECT RAISE(ABORT, 'tier_floors is append-only'); END;;
CREATE TRIGGER visit_entries_no_delete BEFORE DELETE ON visit_entries BEGIN SELECT RAISE(ABORT, 'visit_entries is append-only'); END;;
CREATE TRIGGER visit_entries_no_update BEFORE UPDATE ON visit_entries BEGIN SELECT RAISE(ABORT, 'visit_entries is append-only'); END;;
INSERT INTO staff (id, name, role, active) VALUES (1, 'owner', 'owner', 1);;
