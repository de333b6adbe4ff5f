/**
 * Values by a key of texts whose first is the tenant. Most keys are a tenant and one more text, which then serves as it is:
 * no text is put together and hashed for a look.
 */
export class KeyMap<Value> {
  readonly #tenants = new Map<string, Map<string, Value>>();
  #lastTenant: string | undefined;
  #last: Map<string, Value> | undefined;

  get(tenant: string, rest: string): Value | undefined {
    return this.#of(tenant)?.get(rest);
  }

  set(tenant: string, rest: string, value: Value): void {
    let values = this.#of(tenant);
    if (!values) {
      values = new Map();
      this.#tenants.set(tenant, values);
      this.#lastTenant = undefined;
    }
    values.set(rest, value);
  }

  delete(tenant: string, rest: string): void {
    const values = this.#of(tenant);
    if (!values?.delete(rest) || values.size > 0) return;
    this.#tenants.delete(tenant);
    this.#lastTenant = undefined;
  }

  get size(): number {
    let size = 0;
    for (const values of this.#tenants.values()) size += values.size;
    return size;
  }

  *values(): Generator<Value, void> {
    for (const values of this.#tenants.values()) yield* values.values();
  }

  /** Events of one tenant often follow one another. */
  #of(tenant: string): Map<string, Value> | undefined {
    if (tenant !== this.#lastTenant) {
      this.#lastTenant = tenant;
      this.#last = this.#tenants.get(tenant);
    }
    return this.#last;
  }
}
