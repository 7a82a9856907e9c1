// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.packet.Endpoint;
import dev.ringside.packet.MacAddress;
import dev.ringside.trace.Account;
import dev.ringside.virt.ProxySwitch;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about the switch of a virtual machine that reaches others by proxies.
 *
 * <pre>{@code
 * assertThat(host.proxies().virtualSwitch("web")).reaches(db).by("web/proxy-db");
 * }</pre>
 */
public class ProxySwitchAssert extends AbstractDropperAssert<ProxySwitchAssert, ProxySwitch> {

  private @Nullable MacAddress asked;

  /** Assertions about this one. */
  public ProxySwitchAssert(@Nullable ProxySwitch actual) {
    super(actual, ProxySwitchAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "switch " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  private ProxySwitchAssert has(String wanted, boolean holds) {
    return verify(
        () -> {
          Map<MacAddress, String> table = actual.table();
          return holds
              ? null
              : new ShouldHave(subject(), wanted, "the table " + table, evidence(), actual.vm());
        });
  }

  /**
   * That its table knows the address of this station.
   *
   * <pre>{@code
   * assertThat(virtualSwitch).reaches(db); // passes
   * host.removeVm("db");
   * assertThat(virtualSwitch).reaches(db); // fails
   * }</pre>
   */
  public ProxySwitchAssert reaches(Endpoint station) {
    return reaches(station.mac());
  }

  /**
   * That its table knows this address.
   *
   * <pre>{@code
   * assertThat(virtualSwitch).reaches(db.mac()); // passes
   * }</pre>
   */
  public ProxySwitchAssert reaches(MacAddress address) {
    isNotNull();
    asked = address;
    return has("a port for " + address, actual.table().containsKey(address));
  }

  /**
   * That the address which was asked about last is behind this port.
   *
   * <pre>{@code
   * assertThat(virtualSwitch).reaches(db).by("web/proxy-db"); // passes
   * assertThat(virtualSwitch).reaches(db).by("web/net0"); // fails
   * }</pre>
   */
  public ProxySwitchAssert by(String port) {
    isNotNull();
    MacAddress address = asked;
    if (address == null) {
      throw new IllegalStateException("say first whom: reaches(db).by(\"" + port + "\")");
    }
    return has(address + " behind " + port, port.equals(actual.table().get(address)));
  }

  /**
   * That its table does not know the address of this station, which it sends to by its uplink.
   *
   * <pre>{@code
   * assertThat(virtualSwitch).doesNotReach(db); // fails
   * host.removeVm("db");
   * assertThat(virtualSwitch).doesNotReach(db); // passes
   * }</pre>
   */
  public ProxySwitchAssert doesNotReach(Endpoint station) {
    isNotNull();
    return has("no port for " + station.mac(), !actual.table().containsKey(station.mac()));
  }
}
