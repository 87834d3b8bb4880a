// What no name server over sockets can spend less than: one thread that takes datagrams in batches, puts one address
// behind each question, and sends them back in batches. It looks at nothing, so it must only be asked well-formed queries.
//
//     floor PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define BATCH 64 // as many as Meridian takes with a call
#define ROOM 1024

static unsigned char octets[BATCH][ROOM];
static struct sockaddr_in peers[BATCH];
static struct iovec parts[BATCH];
static struct mmsghdr messages[BATCH];

// Turns a query into its response, without its OPT record, and gives the response's length.
static size_t respond(unsigned char *message) {
    static const unsigned char record[] = {0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 30, 0, 4, 192, 0, 2, 1};
    size_t at = 12;
    while (message[at] != 0) at += 1 + message[at];
    at += 5;
    message[2] |= 0x84; // QR, AA
    message[7] = 1;     // ANCOUNT
    message[11] = 0;    // ARCOUNT
    memcpy(message + at, record, sizeof record);
    return at + sizeof record;
}

int main(int count, char **words) {
    if (count != 2) return 2;
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
    int room = 4 << 20; // as Meridian asks for
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        perror("bind");
        return 1;
    }
    for (int i = 0; i < BATCH; i++) {
        parts[i].iov_base = octets[i];
        messages[i].msg_hdr = (struct msghdr){.msg_name = &peers[i], .msg_iov = &parts[i], .msg_iovlen = 1};
    }
    while (1) {
        for (int i = 0; i < BATCH; i++) {
            parts[i].iov_len = ROOM;
            messages[i].msg_hdr.msg_namelen = sizeof peers[i];
        }
        int taken = recvmmsg(descriptor, messages, BATCH, MSG_WAITFORONE, NULL);
        for (int i = 0; i < taken; i++) parts[i].iov_len = respond(octets[i]);
        for (int sent = 0, now; sent < taken; sent += now) {
            now = sendmmsg(descriptor, messages + sent, taken - sent, 0);
            if (now <= 0) break;
        }
    }
}
