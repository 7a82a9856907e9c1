// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.assertj;

import static dev.ringside.assertj.Failing.fails;
import static dev.ringside.assertj.RingsideAssertions.assertThat;

import dev.ringside.Lab;
import dev.ringside.lacp.LacpConfig;
import dev.ringside.lacp.LacpSystem;
import dev.ringside.lacp.MuxState;
import dev.ringside.packet.MacAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LacpSystemAssertTest {

  private final Lab lab =
      Lab.builder().topology(builder -> builder.host("h1").pnics(2).lacp(LacpConfig.fast())).open();
  private final LacpSystem host = lab.host().lacp().host();
  private final MacAddress network = lab.host().lacp().network().address();

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void distributes() {
    fails(
        () -> assertThat(host).distributes("p0"),
        """
        Expecting LACP of h1
          to have [p0] distributing
          but it has [] distributing

                     0 ns  h1: pnic deactivated p0
                     0 ns  h1: pnic deactivated p1

        Replay with @LabSeed(0x5eedL)
        """);
    lab.advance(Duration.ofSeconds(3));
    assertThat(host).distributes("p0", "p1");
  }

  @Test
  void distributes_nothing() {
    assertThat(host).distributesNothing();
    lab.advance(Duration.ofSeconds(3));
    fails(
        () -> assertThat(host).distributesNothing(),
        """
        Expecting LACP of h1
          to have [] distributing
          but it has [p0, p1] distributing

            2000000000 ns  h1: pnic activated p0
            2000000000 ns  h1: port joined aggr0, p0
            2000000000 ns  h1: lacp port p1, DISTRIBUTING
            2000000000 ns  h1: repair detected p1
            2000000000 ns  h1: pnic activated p1
            2000000000 ns  h1: port joined aggr0, p1
            2000000000 ns  switch: lacp port p0, DISTRIBUTING
            2000000000 ns  switch: lacp port p1, DISTRIBUTING

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_state() {
    lab.advance(Duration.ofSeconds(1));
    assertThat(host).hasState("p1", MuxState.WAITING);
    fails(
        () -> assertThat(host).hasState("p1", MuxState.DISTRIBUTING),
        """
        Expecting LACP of h1
          to have p1 DISTRIBUTING
          but it has p1 WAITING, partner CURRENT

                     0 ns  h1: pnic deactivated p1
                     0 ns  switch: lacp partner p1, EXPIRED
                     0 ns  h1: lacp partner p1, EXPIRED
                     0 ns  h1: lacp partner p1, CURRENT
                     0 ns  h1: lacp port p1, WAITING
                     0 ns  switch: lacp partner p1, CURRENT
                     0 ns  switch: lacp port p1, WAITING

        Replay with @LabSeed(0x5eedL)
        """);
  }

  @Test
  void has_a_partner() {
    fails(
        () -> assertThat(host).hasPartner("p0", network),
        """
        Expecting LACP of h1
          to have partner 02:52:53:04:00:01 at p0
          but it has no partner there

                     0 ns  h1: pnic deactivated p0

        Replay with @LabSeed(0x5eedL)
        """);
    lab.advance(Duration.ofSeconds(3));
    assertThat(host).hasPartner("p0", network);
  }

  @Test
  void has_this_partner() {
    lab.advance(Duration.ofSeconds(1));
    fails(
        () -> assertThat(host).hasPartner("p0", MacAddress.of("02:00:00:00:00:99")),
        """
        Expecting LACP of h1
          to have partner 02:00:00:00:00:99 at p0
          but it has partner system 32768 02:52:53:04:00:01, key 1, port 128 1 (ACTIVITY TIMEOUT AGGREGATION)

                     0 ns  h1: pnic deactivated p0
                     0 ns  switch: lacp partner p0, EXPIRED
                     0 ns  h1: lacp partner p0, EXPIRED
                     0 ns  h1: lacp partner p0, CURRENT
                     0 ns  h1: lacp port p0, WAITING
                     0 ns  switch: lacp partner p0, CURRENT
                     0 ns  switch: lacp port p0, WAITING

        Replay with @LabSeed(0x5eedL)
        """);
  }
}
