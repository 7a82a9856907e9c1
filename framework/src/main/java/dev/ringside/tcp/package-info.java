/**
 * TCP for data that goes one way: real segments, sent and received by network stacks (RFC 9293).
 *
 * <pre>
 *   TcpSender (active open)                         TcpReceiver (passive open)
 *     SYN_SENT     -- SYN, MSS --&gt;                    LISTEN
 *     ESTABLISHED  &lt;-- SYN+ACK, MSS --               ESTABLISHED
 *                  -- data, at most a window --&gt;
 *                  &lt;-- cumulative ACK, window --
 *     FIN_WAIT     -- FIN --&gt;
 *     TIME_WAIT    &lt;-- FIN+ACK --                    LAST_ACK
 *                  -- ACK --&gt;                         CLOSED
 * </pre>
 *
 * <p>Retransmission is by timer (RFC 6298) and by three duplicate acknowledgements (RFC 6582), both
 * in virtual time; what may be in flight grows and shrinks as RFC 5681 says.
 *
 * <p>Not modelled: data of the one who was called, window scaling, selective acknowledgements,
 * timestamps, urgent data, Nagle's delay, keep-alive, simultaneous opening.
 */
@NullMarked
package dev.ringside.tcp;

import org.jspecify.annotations.NullMarked;
