// Offers datagrams at a fixed rate, whether or not anything comes back, and counts what does. It sends in batches, so that
// one core can offer what several would have to answer.
//
//     flood PORT FILE RATE SECONDS      FILE: queries, each behind its length in two octets
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#define BATCH 64
#define ROOM 1500
#define MANY 200000
#define SETTLING 1.0 // what is answered later than so long after the last query is not counted

static struct iovec queries[MANY];
static struct iovec rooms[BATCH];
static struct mmsghdr out[BATCH], in[BATCH];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec + time.tv_nsec / 1e9;
}

static int read_queries(const char *name) {
    FILE *file = fopen(name, "rb");
    if (file == NULL) {
        perror(name);
        exit(1);
    }
    int count = 0;
    for (unsigned char size[2]; count < MANY && fread(size, 1, 2, file) == 2; count++) {
        queries[count].iov_len = size[0] << 8 | size[1];
        queries[count].iov_base = malloc(queries[count].iov_len);
        if (fread(queries[count].iov_base, 1, queries[count].iov_len, file) != queries[count].iov_len) break;
    }
    fclose(file);
    return count;
}

static long answers(int descriptor) {
    long count = 0;
    for (int taken = BATCH; taken == BATCH; count += taken > 0 ? taken : 0)
        taken = recvmmsg(descriptor, in, BATCH, MSG_DONTWAIT, NULL);
    return count;
}

int main(int words, char **word) {
    if (words != 5) return 2;
    int count = read_queries(word[2]);
    double rate = atof(word[3]), seconds = atof(word[4]);
    int descriptor = socket(AF_INET, SOCK_DGRAM, 0), room = 4 << 20;
    setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(word[1]))};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (count == 0 || connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) return 1;
    for (int i = 0; i < BATCH; i++) {
        rooms[i] = (struct iovec){.iov_base = malloc(ROOM), .iov_len = ROOM};
        in[i].msg_hdr = (struct msghdr){.msg_iov = &rooms[i], .msg_iovlen = 1};
        out[i].msg_hdr.msg_iovlen = 1;
    }
    long sent = 0, answered = 0;
    double begun = now(), end = begun + seconds;
    for (double at = begun; at < end; at = now()) {
        long due = (long)((at - begun) * rate) - sent;
        int batch = due < BATCH ? due : BATCH;
        for (int i = 0; i < batch; i++) out[i].msg_hdr.msg_iov = &queries[(sent + i) % count];
        int taken = batch > 0 ? sendmmsg(descriptor, out, batch, 0) : 0;
        sent += taken > 0 ? taken : 0;
        answered += answers(descriptor);
    }
    while (now() < end + SETTLING) answered += answers(descriptor);
    printf("sent=%ld answered=%ld\n", sent, answered);
    return 0;
}
