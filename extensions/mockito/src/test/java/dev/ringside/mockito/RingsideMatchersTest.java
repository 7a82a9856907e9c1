// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.mockito;

import static dev.ringside.mockito.RingsideMatchers.allNamed;
import static dev.ringside.mockito.RingsideMatchers.named;
import static dev.ringside.mockito.RingsideMatchers.packet;
import static dev.ringside.packet.Packets.tcp;
import static dev.ringside.packet.Packets.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.ringside.Lab;
import dev.ringside.aggregate.Candidate;
import dev.ringside.aggregate.FailoverPolicy;
import dev.ringside.nic.PhysicalNic;
import dev.ringside.packet.Packet;
import dev.ringside.packet.PacketMatcher;
import dev.ringside.stack.PacketHandler;
import dev.ringside.steering.DosDetector;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.mockito.exceptions.verification.WantedButNotInvoked;
import org.mockito.exceptions.verification.opentest4j.ArgumentsAreDifferent;

class RingsideMatchersTest {

  private final Lab lab = Lab.open();
  private final PacketHandler handler = mock(PacketHandler.class, "handler");

  @AfterEach
  void close() {
    lab.close();
  }

  // ---- packets ----

  @Test
  void finds_the_packet_among_others() {
    lab.vm("vm1").onPacket(handler);
    lab.wire().send(udp().to(lab.vm("vm1")).port(53));
    lab.wire().send(udp().to(lab.vm("vm1")).port(54), 2);

    verify(handler).handle(packet(udp().to(lab.vm("vm1")).port(53)));
    verify(handler, times(2)).handle(packet(udp().port(53).negate()));
  }

  @Test
  void tells_the_nearest_packet_and_what_is_different() {
    handler.handle(tcp().to(lab.vm("vm2")).port(54).toPacket());
    handler.handle(udp().to(lab.vm("vm1")).port(54).toPacket());

    assertThatThrownBy(() -> verify(handler).handle(packet(udp().port(53).to("198.18.0.1"))))
        .isInstanceOf(ArgumentsAreDifferent.class)
        .message()
        .contains(
            """
            Argument(s) are different! Wanted:
            handler.handle(
                udp port 53 to 198.18.0.1 [nearest: udp 198.18.255.254:49152 > 198.18.0.1:54, 60 bytes, \
            destination port: expected 53, was 54]
            );
            """);
  }

  @Test
  void says_no_more_than_what_was_wanted_if_there_was_no_call() {
    assertThatThrownBy(() -> verify(handler).handle(packet(udp().port(53))))
        .isInstanceOf(WantedButNotInvoked.class)
        .hasMessageContaining("Wanted but not invoked:\nhandler.handle(udp port 53);");
  }

  @Test
  void does_not_stumble_over_null() {
    handler.handle(null);

    verify(handler, never()).handle(packet(udp()));
  }

  @Test
  void remembers_the_last_packets_only() {
    PacketArgument argument = new PacketArgument(udp().port(1));
    Packet near = udp().to(lab.vm("vm1")).port(2).toPacket();
    argument.matches(near);
    for (int i = 0; i < PacketArgument.REMEMBERED; i++) {
      assertThat(argument).asString().contains(":2, 60 bytes");
      argument.matches(tcp().to(lab.vm("vm1")).port(3).toPacket());
    }

    assertThat(argument).asString().contains(":3, 60 bytes");
  }

  @Test
  void a_function_is_told_by_its_name() {
    PacketMatcher odd = PacketMatcher.named("odd length", packet -> packet.length() % 2 == 1);

    assertThat(new PacketArgument(odd)).hasToString("odd length");
    assertThat(new PacketArgument(odd).type()).isEqualTo(Packet.class);
  }

  @Test
  void stubs_a_detector_by_what_a_packet_looks_like() {
    DosDetector detector = mock(DosDetector.class);
    PacketMatcher signature = udp().port(9);
    when(detector.observe(packet(udp().port(9)), anyLong())).thenReturn(signature);
    lab.host().steering().detect(detector);

    lab.wire().send(udp().to(lab.vm("vm1")).port(8));
    lab.wire().send(udp().to(lab.vm("vm1")).port(9));

    assertThat(lab.vm("vm1").received()).hasSize(1);
  }

  // ---- names ----

  @Test
  void finds_devices_by_their_names() {
    Consumer<PhysicalNic> alarm = mocked("alarm");
    alarm.accept(lab.host().pnic("p1"));

    verify(alarm).accept(named("p1"));
    assertThatThrownBy(() -> verify(alarm).accept(named("p0")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("alarm.accept(named p0);");
  }

  @Test
  void finds_devices_by_both_their_names() {
    try (Lab two =
        Lab.builder()
            .topology(
                b -> {
                  b.host("h1");
                  b.host("h2");
                })
            .open()) {
      PhysicalNic nic = two.host("h1").pnics().get(0);

      assertThat(new NamedArgument<PhysicalNic>("h1/p0").matches(nic)).isTrue();
      assertThat(new NamedArgument<PhysicalNic>("p0").matches(nic)).isTrue();
      assertThat(new NamedArgument<PhysicalNic>("h2/p0").matches(nic)).isFalse();
    }
  }

  @Test
  void what_has_no_name_is_not_named() {
    assertThat(new NamedArgument<>("a").matches("a")).isFalse();
    assertThat(new NamedArgument<>("a").matches(null)).isFalse();
    assertThat(
            new NamedArgument<>("a")
                .matches(
                    new Object() {
                      public int name() {
                        return 0;
                      }
                    }))
        .isFalse();
  }

  @Test
  void finds_lists_by_the_names_of_all_that_is_in_them() {
    FailoverPolicy policy = mock(FailoverPolicy.class);
    Candidate p0 = new Candidate("p0", 0, 0, 0, 0);
    Candidate p1 = new Candidate("p1", 1, 0, 0, 0);
    when(policy.choose(allNamed("p0", "p1"), named("p0"))).thenReturn(p1);

    assertThat(policy.choose(List.of(p0, p1), p0)).isEqualTo(p1);
    assertThat(policy.choose(List.of(p1, p0), p0)).isNull();
    assertThat(policy.choose(List.of(p0), p0)).isNull();
    assertThat(policy.choose(null, p0)).isNull();
    assertThat(new NamedListArgument<>(List.of("p0", "p1"))).hasToString("all named [p0, p1]");
  }

  @SuppressWarnings("unchecked")
  private static <T> Consumer<T> mocked(String name) {
    return mock(Consumer.class, name);
  }
}
