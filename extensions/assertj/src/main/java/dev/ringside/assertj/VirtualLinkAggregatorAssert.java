// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import dev.ringside.aggregate.Placement;
import dev.ringside.aggregate.VirtualLinkAggregator;
import dev.ringside.assertj.error.Evidence;
import dev.ringside.assertj.error.Failure;
import dev.ringside.assertj.error.ShouldHave;
import dev.ringside.assertj.error.ShouldSend;
import dev.ringside.packet.Connection;
import dev.ringside.packet.Packet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about how the connections of a guest are spread over its virtual functions.
 *
 * <pre>{@code
 * assertThat(web.aggregator()).hasPorts("p0", "p1").sends(connection).through("p1").stays();
 * }</pre>
 */
public class VirtualLinkAggregatorAssert
    extends AbstractRingsideAssert<VirtualLinkAggregatorAssert, VirtualLinkAggregator> {

  private static final int SHOWN = 8;

  private @Nullable Connection connection;

  /** Assertions about this one. */
  public VirtualLinkAggregatorAssert(@Nullable VirtualLinkAggregator actual) {
    super(actual, VirtualLinkAggregatorAssert.class);
  }

  @Override
  protected String subject() {
    return "aggregator of " + actual.owner();
  }

  @Override
  protected Evidence evidence() {
    return Evidence.of(actual.world());
  }

  // ---- the list ----

  /**
   * That these NICs are in the list, in this order, and no others.
   *
   * <pre>{@code
   * assertThat(web.aggregator()).hasPorts("p0", "p1"); // passes
   * host.pnic("p0").fail();
   * assertThat(web.aggregator()).hasPorts("p0", "p1"); // fails
   * }</pre>
   */
  public VirtualLinkAggregatorAssert hasPorts(String... pnics) {
    return verify(
        () ->
            actual.ports().equals(List.of(pnics))
                ? null
                : new ShouldHave(
                    subject(), "list " + List.of(pnics), list(), evidence(), actual.owner()));
  }

  /**
   * That no NIC is in the list, so that all goes through the virtual switch.
   *
   * <pre>{@code
   * assertThat(web.aggregator()).hasNoPorts(); // fails
   * // all NICs failed
   * assertThat(web.aggregator()).hasNoPorts(); // passes
   * }</pre>
   */
  public VirtualLinkAggregatorAssert hasNoPorts() {
    return verify(
        () ->
            actual.ports().isEmpty()
                ? null
                : new ShouldHave(
                    subject(), "no NIC in its list", list(), evidence(), actual.owner()));
  }

  private String list() {
    return "list " + actual.ports();
  }

  // ---- a connection ----

  /**
   * That it has sent packets of this connection, which it remembers; from here on the assertions
   * are about it.
   *
   * <pre>{@code
   * web.send(query);
   * assertThat(web.aggregator()).sends(Connection.of(query)); // passes
   * assertThat(web.aggregator()).sends(Connection.of(other)); // fails
   * }</pre>
   */
  public VirtualLinkAggregatorAssert sends(Connection wanted) {
    connection = wanted;
    return verify(() -> actual.placement(wanted) == null ? unknown(wanted) : null);
  }

  /** As {@link #sends(Connection)}, with the connection that this packet belongs to. */
  public VirtualLinkAggregatorAssert sends(Packet packet) {
    return sends(Connection.of(packet));
  }

  /**
   * That the latest packet of the connection took this NIC, which is still in the list.
   *
   * <pre>{@code
   * assertThat(web.aggregator()).sends(connection).through("p1"); // passes
   * assertThat(web.aggregator()).sends(connection).through("p0"); // fails
   * }</pre>
   */
  public VirtualLinkAggregatorAssert through(String pnic) {
    return verify(
        () -> {
          Placement found = actual.placement(wanted());
          if (found == null) {
            return unknown(wanted());
          }
          return found.listed() && found.through().equals(pnic)
              ? null
              : shouldSend("through " + pnic, "sends it " + way(found));
        });
  }

  /**
   * That these NICs had the connection, in this order.
   *
   * <pre>{@code
   * assertThat(web.aggregator()).sends(connection).wentThrough("p0"); // passes
   * host.pnic("p0").fail();
   * web.send(next);
   * assertThat(web.aggregator()).sends(connection).wentThrough("p0", "p1"); // passes
   * assertThat(web.aggregator()).sends(connection).wentThrough("p0"); // fails
   * }</pre>
   */
  public VirtualLinkAggregatorAssert wentThrough(String... pnics) {
    return verify(
        () -> {
          Placement found = actual.placement(wanted());
          if (found == null) {
            return unknown(wanted());
          }
          return found.ports().equals(List.of(pnics))
              ? null
              : shouldSend("through " + String.join(", then ", pnics), "sends it " + way(found));
        });
  }

  /**
   * That the connection has had one NIC from its first packet to its latest.
   *
   * <pre>{@code
   * assertThat(web.aggregator()).sends(connection).stays(); // passes
   * // its NIC has failed, and it has sent again
   * assertThat(web.aggregator()).sends(connection).stays(); // fails
   * }</pre>
   */
  public VirtualLinkAggregatorAssert stays() {
    return verify(
        () -> {
          Placement found = actual.placement(wanted());
          if (found == null) {
            return unknown(wanted());
          }
          return found.stays()
              ? null
              : shouldSend("always through " + found.ports().get(0), "sends it " + way(found));
        });
  }

  private Connection wanted() {
    Connection named = connection;
    if (named == null) {
      throw new IllegalStateException("of which connection? say sends(connection) first");
    }
    return named;
  }

  private static String way(Placement found) {
    return "through "
        + String.join(", then ", found.ports())
        + (found.listed() ? "" : ", which has left the list");
  }

  private Failure shouldSend(String wanted, String found) {
    return new ShouldSend(
        subject(), wanted() + " " + wanted, found, evidence(), actual.owner(), wanted().toString());
  }

  private Failure unknown(Connection named) {
    StringBuilder known = new StringBuilder("remembers ");
    List<Placement> placements = actual.placements();
    if (placements.isEmpty()) {
      known.append("no connection");
    }
    for (int i = 0; i < Math.min(SHOWN, placements.size()); i++) {
      known.append(i == 0 ? "" : "; ").append(placements.get(i));
    }
    if (placements.size() > SHOWN) {
      known.append("; and ").append(placements.size() - SHOWN).append(" more");
    }
    return new ShouldSend(
        subject(), named.toString(), known.toString(), evidence(), actual.owner());
  }
}
