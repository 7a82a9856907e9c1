// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package guide.recipes;

import static dev.ringside.assertj.RingsideAssertions.assertThat;
import static dev.ringside.packet.Packets.udp;

import dev.ringside.Lab;
import dev.ringside.LabBuilder;
import dev.ringside.Topology;
import dev.ringside.junit.jupiter.LabTopology;
import dev.ringside.junit.jupiter.RingsideExtension;
import dev.ringside.vm.VirtualMachine;
import dev.ringside.wire.Selector;
import dev.ringside.wire.WireFault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class EndpointRecipeTest {

  // tag::client[]
  /** The code under test: asks until there is an answer, at most four times, ever more slowly. */
  static final class PatientClient {
    private static final int TRIES = 4;
    private final Consumer<String> network;
    private final ScheduledExecutorService timers;
    private final List<String> answers = new ArrayList<>();
    private ScheduledFuture<?> next;
    private boolean waits;

    PatientClient(Consumer<String> network, ScheduledExecutorService timers) {
      this.network = network;
      this.timers = timers;
    }

    void ask(String question) {
      waits = true;
      ask(question, 1);
    }

    private void ask(String question, int attempt) {
      network.accept(question);
      long patience = 100L << attempt - 1;
      next =
          attempt < TRIES
              ? timers.schedule(() -> ask(question, attempt + 1), patience, TimeUnit.MILLISECONDS)
              : null;
    }

    void answered(String answer) {
      if (next != null) {
        next.cancel(false);
      }
      if (waits) {
        waits = false;
        answers.add(answer);
      }
    }
  }

  // end::client[]

  // tag::topology[]
  static final class TwoHosts implements Topology {
    @Override
    public void build(LabBuilder lab) {
      lab.host("h1").virtualFunctions(1).vms("client");
      lab.host("h2").virtualFunctions(1).vms("server");
    }
  }

  // end::topology[]

  @Nested
  // tag::tests[]
  @ExtendWith(RingsideExtension.class)
  @LabTopology(TwoHosts.class)
  class PatientClientTest {

    private static final int SERVICE = 53;
    private static final int CLIENT = 4_711;
    private PatientClient patient;
    private VirtualMachine server;

    @BeforeEach
    void connect(Lab lab) {
      VirtualMachine client = lab.vm("client");
      server = lab.vm("server");
      patient =
          new PatientClient(
              text -> client.send(udp().to(server).fromPort(CLIENT).port(SERVICE).payload(text)),
              lab.executor());
      client.onUdp(
          CLIENT, packet -> patient.answered(new String(packet.payload(), StandardCharsets.UTF_8)));
      server.onUdp(
          SERVICE,
          question ->
              server.send(udp().to(client).fromPort(SERVICE).port(CLIENT).payload("answer")));
      lab.cable("h2/p0").toHost().setLatency(Duration.ofMillis(10));
    }

    @Test
    void asks_once_if_all_is_well(Lab lab) {
      patient.ask("question");
      lab.advance(Duration.ofSeconds(5));

      assertThat(patient.answers).containsExactly("answer");
      assertThat(server).received(udp().port(SERVICE), 1);
    }

    @Test
    void asks_again_if_questions_are_lost(Lab lab) {
      WireFault loss = lab.cable("h2/p0").toHost().lose(Selector.matching(udp()));
      patient.ask("question");
      lab.advance(Duration.ofSeconds(5));

      assertThat(patient.answers).isEmpty();
      assertThat(loss.strikes()).isEqualTo(4);
    }

    @Test
    void takes_an_answer_that_comes_twice_once(Lab lab) {
      lab.cable("h1/p0").toHost().duplicate(Selector.matching(udp()));
      patient.ask("question");
      lab.advance(Duration.ofSeconds(5));

      assertThat(patient.answers).containsExactly("answer");
    }

    @Test
    void does_not_ask_again_while_the_network_is_slow(Lab lab) {
      lab.cable("h2/p0").toHost().setLatency(Duration.ofMillis(250));
      patient.ask("question");
      lab.advance(Duration.ofSeconds(5));

      assertThat(server).received(udp().port(SERVICE), 2); // the second was under way by then
      assertThat(patient.answers).containsExactly("answer");
    }
  }
  // end::tests[]
}
