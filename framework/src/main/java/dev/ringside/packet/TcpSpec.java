// Copyright the Ringside authors. SPDX-License-Identifier: Apache-2.0
package dev.ringside.packet;

/**
 * A TCP segment (RFC 9293).
 *
 * <pre>{@code
 * tcp().to(web).port(80).syn()      // sent: exactly SYN
 * tcp().syn()                       // recognizes SYN, and also SYN+ACK
 * tcp().flags(TcpSpec.SYN)          // recognizes SYN alone
 * }</pre>
 *
 * <p>Sent without flags it is a plain acknowledgement.
 */
public final class TcpSpec extends PortSpec<TcpSpec> {

  /** No more data. */
  public static final int FIN = 0x01;

  /** Opens a connection. */
  public static final int SYN = 0x02;

  /** Resets a connection. */
  public static final int RST = 0x04;

  /** Push. */
  public static final int PSH = 0x08;

  /** The acknowledgement number counts. */
  public static final int ACK = 0x10;

  private static final int ALL_FLAGS = 0xff;
  private static final int USUAL_WINDOW = 0xffff;

  TcpSpec(Constraints given) {
    super(given);
  }

  /** With SYN set, whatever the other flags. */
  public TcpSpec syn() {
    return withFlag(SYN);
  }

  /** With ACK set, whatever the other flags. */
  public TcpSpec ack() {
    return withFlag(ACK);
  }

  /** With FIN set, whatever the other flags. */
  public TcpSpec fin() {
    return withFlag(FIN);
  }

  /** With RST set, whatever the other flags. */
  public TcpSpec rst() {
    return withFlag(RST);
  }

  /** With PSH set, whatever the other flags. */
  public TcpSpec psh() {
    return withFlag(PSH);
  }

  private TcpSpec withFlag(int flag) {
    FlagPattern said =
        given.get(Field.TCP_FLAGS) instanceof FlagPattern flags ? flags : new FlagPattern(0, 0);
    return with(Field.TCP_FLAGS, new FlagPattern(said.mask() | flag, said.bits() | flag));
  }

  /**
   * With exactly these of the eight flags from CWR (0x80) to FIN (0x01).
   *
   * @throws IllegalArgumentException if there are others
   */
  public TcpSpec flags(int flags) {
    if ((flags & ~ALL_FLAGS) != 0) {
      throw new IllegalArgumentException("TCP flags " + flags + " are not in 0 to " + ALL_FLAGS);
    }
    return with(Field.TCP_FLAGS, new FlagPattern(ALL_FLAGS, flags));
  }

  /** With this sequence number, 32 bits without sign. */
  public TcpSpec sequence(long number) {
    return with(Field.SEQUENCE, number);
  }

  /** With this acknowledgement number, 32 bits without sign. */
  public TcpSpec acknowledgement(long number) {
    return with(Field.ACKNOWLEDGEMENT, number);
  }

  /** With this window as it stands in the header, 0 to 65535; sent without one, it is 65535. */
  public TcpSpec window(int window) {
    return with(Field.WINDOW, window);
  }

  /** With these options, up to 40 bytes; sent, zeros fill them up to a multiple of 4. */
  public TcpSpec tcpOptions(byte[] options) {
    return with(Field.TCP_OPTIONS, HeaderWords.padded(options));
  }

  /** Claiming this length of the TCP header in bytes, a multiple of 4 up to 60. */
  public TcpSpec headerLength(int bytes) {
    return with(Field.TCP_HEADER_LENGTH, HeaderWords.headerLength(bytes));
  }

  @Override
  TcpSpec copy(Constraints constraints) {
    return new TcpSpec(constraints);
  }

  @Override
  String kind() {
    return "tcp";
  }

  @Override
  int protocol() {
    return IpProtocol.TCP;
  }

  private byte[] options() {
    return given.get(Field.TCP_OPTIONS) instanceof byte[] options ? options : new byte[0];
  }

  @Override
  int transportBytes() {
    return Layout.TCP_BYTES + options().length + payloadBytes();
  }

  @Override
  void writeTransport(byte[] frame, int at) {
    byte[] options = options();
    int header = Layout.TCP_BYTES + options.length;
    writePorts(frame, at);
    Bytes.put32(frame, at + 4, given.integer(Field.SEQUENCE, 0));
    Bytes.put32(frame, at + 8, given.integer(Field.ACKNOWLEDGEMENT, 0));
    frame[at + 12] = (byte) ((given.integer(Field.TCP_HEADER_LENGTH, header) / 4) << 4);
    frame[at + 13] =
        (byte) (given.get(Field.TCP_FLAGS) instanceof FlagPattern flags ? flags.bits() : ACK);
    Bytes.put16(frame, at + 14, given.integer(Field.WINDOW, USUAL_WINDOW));
    System.arraycopy(options, 0, frame, at + Layout.TCP_BYTES, options.length);
    writePayload(frame, at + header);
  }
}
