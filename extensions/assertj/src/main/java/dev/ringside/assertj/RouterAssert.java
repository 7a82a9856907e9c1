// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.packet.IpAddress;
import dev.ringside.routing.Route;
import dev.ringside.routing.Router;
import dev.ringside.trace.Account;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about a router: where its routes lead, and what it dropped.
 *
 * <pre>{@code
 * assertThat(lab.router()).hasRouteTo("198.51.100.7").by("B").dropped(DropReason.TTL, 1);
 * }</pre>
 */
public class RouterAssert extends AbstractDropperAssert<RouterAssert, Router> {

  private @Nullable IpAddress destination;

  /** Assertions about this one. */
  public RouterAssert(@Nullable Router actual) {
    super(actual, RouterAssert.class);
  }

  @Override
  protected Account account() {
    return actual.account();
  }

  @Override
  protected String subject() {
    return "router " + actual.name();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  /**
   * That a route leads to this address.
   *
   * <pre>{@code
   * assertThat(router).hasRouteTo("198.51.100.7"); // passes
   * assertThat(router).hasRouteTo("203.0.113.7"); // fails
   * }</pre>
   */
  public RouterAssert hasRouteTo(String address) {
    return hasRouteTo(IpAddress.of(address));
  }

  /** As {@link #hasRouteTo(String)}. */
  public RouterAssert hasRouteTo(IpAddress address) {
    destination = address;
    return verify(
        () ->
            actual.routes().find(address) != null
                ? null
                : new ShouldHave(
                    subject(), "a route to " + address, "these " + actual.routes(), evidence()));
  }

  /**
   * That no route leads to this address.
   *
   * <pre>{@code
   * assertThat(router).hasNoRouteTo("203.0.113.7"); // passes
   * assertThat(router).hasNoRouteTo("198.51.100.7"); // fails
   * }</pre>
   */
  public RouterAssert hasNoRouteTo(String address) {
    return verify(
        () -> {
          Route route = actual.routes().find(IpAddress.of(address));
          return route == null
              ? null
              : new ShouldHave(subject(), "no route to " + address, "" + route, evidence());
        });
  }

  /**
   * That the route which was asked for last leaves by this port.
   *
   * <pre>{@code
   * assertThat(router).hasRouteTo("198.51.100.7").by("B"); // passes
   * assertThat(router).hasRouteTo("198.51.100.7").by("A"); // fails
   * }</pre>
   */
  public RouterAssert by(String port) {
    return verify(
        () -> {
          Route route = routeAskedFor("by(\"" + port + "\")");
          return route != null && route.port().name().equals(port)
              ? null
              : new ShouldHave(
                  subject(),
                  "a route to " + destination + " by port " + port,
                  "" + route,
                  evidence());
        });
  }

  /**
   * That the route which was asked for last leads to this gateway.
   *
   * <pre>{@code
   * assertThat(router).hasRouteTo("203.0.113.7").via("198.51.100.9"); // passes
   * assertThat(router).hasRouteTo("198.51.100.7").via("198.51.100.9"); // fails: it is on link
   * }</pre>
   */
  public RouterAssert via(String gateway) {
    return verify(
        () -> {
          Route route = routeAskedFor("via(\"" + gateway + "\")");
          return route != null && IpAddress.of(gateway).equals(route.gatewayOrNull())
              ? null
              : new ShouldHave(
                  subject(),
                  "a route to " + destination + " via " + gateway,
                  "" + route,
                  evidence());
        });
  }

  private @Nullable Route routeAskedFor(String word) {
    IpAddress asked = destination;
    if (asked == null) {
      throw new IllegalStateException("say first where to: hasRouteTo(address)." + word);
    }
    return actual.routes().find(asked);
  }
}
