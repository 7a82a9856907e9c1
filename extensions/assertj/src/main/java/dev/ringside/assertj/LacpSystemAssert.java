// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.lacp.LacpPort;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.lacp.MuxState;
import dev.ringside.lacp.PortInformation;
import dev.ringside.packet.MacAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about one end of links that speaks LACP.
 *
 * <pre>{@code
 * assertThat(host.lacp().host()).distributes("p0", "p1").hasPartner("p0", switchMac);
 * }</pre>
 */
public class LacpSystemAssert extends AbstractRingsideAssert<LacpSystemAssert, LacpSystem> {

  /** Assertions about this one. */
  public LacpSystemAssert(@Nullable LacpSystem actual) {
    super(actual, LacpSystemAssert.class);
  }

  @Override
  protected String subject() {
    return "LACP of " + actual.place();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That these ports carry traffic, and no others.
   *
   * <pre>{@code
   * assertThat(host.lacp().host()).distributes("p0", "p1"); // passes
   * host.pnic("p0").hang();
   * lab.advance(Duration.ofSeconds(3));
   * assertThat(host.lacp().host()).distributes("p0", "p1"); // fails
   * }</pre>
   */
  public LacpSystemAssert distributes(String... ports) {
    List<String> wanted = List.of(ports);
    return verify(
        () ->
            actual.distributing().equals(wanted)
                ? null
                : new ShouldHave(
                    subject(),
                    wanted + " distributing",
                    actual.distributing() + " distributing",
                    evidence(),
                    names()));
  }

  /**
   * That no port carries traffic.
   *
   * <pre>{@code
   * assertThat(host.lacp().host()).distributesNothing(); // passes: both ends have just begun
   * lab.advance(Duration.ofSeconds(3));
   * assertThat(host.lacp().host()).distributesNothing(); // fails
   * }</pre>
   */
  public LacpSystemAssert distributesNothing() {
    return distributes();
  }

  /**
   * That a port is so far on its way to carrying traffic.
   *
   * <pre>{@code
   * assertThat(host.lacp().host()).hasState("p0", MuxState.WAITING);      // passes
   * assertThat(host.lacp().host()).hasState("p0", MuxState.DISTRIBUTING); // fails
   * }</pre>
   */
  public LacpSystemAssert hasState(String port, MuxState state) {
    return verify(
        () -> {
          LacpPort found = actual.port(port);
          return found.muxState() == state
              ? null
              : new ShouldHave(
                  subject(),
                  port + " " + state,
                  port + " " + found.muxState() + ", partner " + found.receiveState(),
                  evidence(),
                  port);
        });
  }

  /**
   * That a port hears this system at the other end.
   *
   * <pre>{@code
   * assertThat(host.lacp().host()).hasPartner("p0", host.lacp().network().address()); // passes
   * assertThat(host.lacp().host()).hasPartner("p0", anotherSwitch);                   // fails
   * }</pre>
   */
  public LacpSystemAssert hasPartner(String port, MacAddress system) {
    return verify(
        () -> {
          PortInformation found = actual.port(port).partner();
          return found.system().equals(system)
              ? null
              : new ShouldHave(
                  subject(),
                  "partner " + system + " at " + port,
                  found.equals(PortInformation.NONE) ? "no partner there" : "partner " + found,
                  evidence(),
                  port);
        });
  }

  private String[] names() {
    List<LacpPort> ports = actual.ports();
    String[] names = new String[ports.size()];
    for (int i = 0; i < names.length; i++) {
      names[i] = ports.get(i).name();
    }
    return names;
  }
}
