<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="it" sourcelanguage="en">
<context>
    <name>App</name>
    <message>
        <source>GRO off on %1, and NAPI with it</source>
        <translation>GRO disattivato su %1, e con esso NAPI</translation>
    </message>
    <message>
        <source>GRO off on %1</source>
        <translation>GRO disattivato su %1</translation>
    </message>
    <message>
        <source>Look at who takes the frames from the device, and how large the packets are that IP is given.</source>
        <translation>Guarda chi prende i frame dal dispositivo, e quanto sono grandi i pacchetti che IP riceve.</translation>
    </message>
    <message>
        <source>MTU %1 on the way, not 1500</source>
        <translation>MTU %1 lungo il percorso, non 1500</translation>
    </message>
    <message>
        <source>Count the packets that leave, and look for the function that cuts or joins them.</source>
        <translation>Conta i pacchetti che partono, e cerca la funzione che li divide o li unisce.</translation>
    </message>
    <message>
        <source>No RPS mask on %1</source>
        <translation>Nessuna maschera RPS su %1</translation>
    </message>
    <message>
        <source>RPS mask of CPU 0 on %1</source>
        <translation>Maschera RPS della CPU 0 su %1</translation>
    </message>
    <message>
        <source>Look for the function that chooses a CPU for the frame, and at where the frame waits for it.</source>
        <translation>Cerca la funzione che sceglie una CPU per il frame, e guarda dove il frame la aspetta.</translation>
    </message>
    <message>
        <source>No NAPI on %1: an interrupt for each frame</source>
        <translation>Niente NAPI su %1: un&apos;interruzione per ogni frame</translation>
    </message>
    <message>
        <source>Count the interrupts, and look at the context in which the frames are taken from the ring.</source>
        <translation>Conta le interruzioni, e guarda in quale contesto i frame vengono presi dal ring.</translation>
    </message>
    <message>
        <source>NAPI on %1</source>
        <translation>NAPI su %1</translation>
    </message>
    <message>
        <source>Look at what the write itself does, and at what is left to the softirq.</source>
        <translation>Guarda che cosa fa la write stessa, e che cosa resta al softirq.</translation>
    </message>
    <message>
        <source>%1 does not know the MAC address of %2</source>
        <translation>%1 non conosce l&apos;indirizzo MAC di %2</translation>
    </message>
    <message>
        <source>Look at what is sent before the packet, and where the packet waits meanwhile.</source>
        <translation>Guarda che cosa viene inviato prima del pacchetto, e dove il pacchetto intanto aspetta.</translation>
    </message>
    <message>
        <source>%1 has a wrong MAC address for %2</source>
        <translation>%1 ha un indirizzo MAC sbagliato per %2</translation>
    </message>
    <message>
        <source>Look at pkt_type on the other host, and at how far the packet comes with it.</source>
        <translation>Guarda pkt_type sull&apos;altro host, e fin dove arriva così il pacchetto.</translation>
    </message>
    <message>
        <source>%1 answers no ARP request (receivers wait 5 s, so that its end is seen)</source>
        <translation>%1 non risponde alle richieste ARP (chi riceve aspetta 5 s, così se ne vede la fine)</translation>
    </message>
    <message>
        <source>Count the requests, and look at what becomes of the packet that waits for an answer.</source>
        <translation>Conta le richieste, e guarda che fine fa il pacchetto che aspetta una risposta.</translation>
    </message>
    <message>
        <source>Sent to %1, which nobody has (receivers wait 5 s, so that its end is seen)</source>
        <translation>Inviato a %1, che nessuno ha (chi riceve aspetta 5 s, così se ne vede la fine)</translation>
    </message>
    <message>
        <source>Look at how long the packet waits for the neighbour, and what becomes of it in the end.</source>
        <translation>Guarda quanto il pacchetto aspetta il vicino, e che fine fa.</translation>
    </message>
    <message>
        <source>The router %1 does not forward (ip_forward 0)</source>
        <translation>Il router %1 non inoltra (ip_forward 0)</translation>
    </message>
    <message>
        <source>Look at what the route lookup on the router finds for a packet that is not its own.</source>
        <translation>Guarda che cosa trova la ricerca della rotta sul router per un pacchetto che non è suo.</translation>
    </message>
    <message>
        <source>Sent with a TTL of 1</source>
        <translation>Inviato con un TTL di 1</translation>
    </message>
    <message>
        <source>Look at who counts the TTL down, and at what is sent back.</source>
        <translation>Guarda chi decrementa il TTL, e che cosa viene rimandato indietro.</translation>
    </message>
    <message>
        <source>A firewall on %1 drops what comes in (nft: input drop)</source>
        <translation>Un firewall su %1 scarta ciò che entra (nft: input drop)</translation>
    </message>
    <message>
        <source>Look at which hook it stands on, and at what has been done for the packet by then.</source>
        <translation>Guarda su quale hook si trova, e che cosa è già stato fatto per il pacchetto fin lì.</translation>
    </message>
    <message>
        <source>The queue of %1 has no room: limit 0</source>
        <translation>La coda di %1 non ha posto: limit 0</translation>
    </message>
    <message>
        <source>Look at what the qdisc answers, and at what the sender learns of it.</source>
        <translation>Guarda che cosa risponde la qdisc, e che cosa ne viene a sapere il mittente.</translation>
    </message>
    <message>
        <source>A queue on %1: pfifo limit 100</source>
        <translation>Una coda su %1: pfifo limit 100</translation>
    </message>
    <message>
        <source>Look between the neighbour and the device: what is new there, and does the packet wait?</source>
        <translation>Guarda fra il vicino e il dispositivo: che cosa c&apos;è di nuovo, e il pacchetto aspetta?</translation>
    </message>
    <message>
        <source>A full queue on %1: pfifo limit 0</source>
        <translation>Una coda piena su %1: pfifo limit 0</translation>
    </message>
    <message>
        <source>Look at where the packet ends, under which drop reason, and at what the sender learns of it.</source>
        <translation>Guarda dove finisce il pacchetto, con quale motivo di scarto, e che cosa ne viene a sapere il mittente.</translation>
    </message>
    <message>
        <source>What is sent first is lost on %1 (netem loss 100%)</source>
        <translation>Il primo invio si perde su %1 (netem loss 100%)</translation>
    </message>
    <message>
        <source>Look at who notices: the sender, the receiver, or nobody?</source>
        <translation>Guarda chi se ne accorge: il mittente, il destinatario o nessuno?</translation>
    </message>
    <message>
        <source>One bit of the frame flips on %1 (netem corrupt 100%)</source>
        <translation>Un bit del frame si inverte su %1 (netem corrupt 100%)</translation>
    </message>
    <message>
        <source>Find the bytes that differ, and the layer that finds out.</source>
        <translation>Trova i byte che differiscono, e il livello che se ne accorge.</translation>
    </message>
    <message>
        <source>The frame&apos;s UDP checksum is wrong</source>
        <translation>Il checksum UDP del frame è sbagliato</translation>
    </message>
    <message>
        <source>Look at which function finds out, how far the packet has come by then, and under which reason it ends.</source>
        <translation>Guarda quale funzione se ne accorge, fin dove è arrivato il pacchetto, e con quale motivo finisce.</translation>
    </message>
    <message>
        <source>No socket is bound to port %1</source>
        <translation>Nessun socket è legato (bind) alla porta %1</translation>
    </message>
    <message>
        <source>Look at where the packet ends, under which reason, and at what goes back.</source>
        <translation>Guarda dove finisce il pacchetto, con quale motivo, e che cosa torna indietro.</translation>
    </message>
    <message>
        <source>The receiver&apos;s buffer is small: SO_RCVBUF 2304</source>
        <translation>Il buffer del destinatario è piccolo: SO_RCVBUF 2304</translation>
    </message>
    <message>
        <source>Look at what the socket&apos;s queue takes, and at what becomes of the rest.</source>
        <translation>Guarda che cosa entra nella coda del socket, e che fine fa il resto.</translation>
    </message>
    <message>
        <source>The sender makes no UDP checksum (SO_NO_CHECK)</source>
        <translation>Il mittente non calcola il checksum UDP (SO_NO_CHECK)</translation>
    </message>
    <message>
        <source>Look at the checksum&apos;s bytes, at ip_summed, and at who would have computed it.</source>
        <translation>Guarda i byte del checksum, ip_summed, e chi lo avrebbe calcolato.</translation>
    </message>
    <message>
        <source>gro of %1</source>
        <translation>gro di %1</translation>
    </message>
    <message>
        <source>MTU of the way</source>
        <translation>MTU del percorso</translation>
    </message>
    <message>
        <source>RPS mask of %1</source>
        <translation>maschera RPS di %1</translation>
    </message>
    <message>
        <source>interrupts of %1</source>
        <translation>interruzioni di %1</translation>
    </message>
    <message>
        <source>NAPI of %1</source>
        <translation>NAPI di %1</translation>
    </message>
    <message>
        <source>neighbour %1</source>
        <translation>vicino %1</translation>
    </message>
    <message>
        <source>MAC address of %1</source>
        <translation>indirizzo MAC di %1</translation>
    </message>
    <message>
        <source>arp_ignore of %1</source>
        <translation>arp_ignore di %1</translation>
    </message>
    <message>
        <source>destination</source>
        <translation>destinazione</translation>
    </message>
    <message>
        <source>net.ipv4.ip_forward of %1</source>
        <translation>net.ipv4.ip_forward di %1</translation>
    </message>
    <message>
        <source>netfilter rule of %1</source>
        <translation>regola netfilter di %1</translation>
    </message>
    <message>
        <source>queue limit of %1</source>
        <translation>limite della coda di %1</translation>
    </message>
    <message>
        <source>qdisc of %1</source>
        <translation>qdisc di %1</translation>
    </message>
    <message>
        <source>netem on %1</source>
        <translation>netem su %1</translation>
    </message>
    <message>
        <source>UDP checksum of the frame</source>
        <translation>checksum UDP del frame</translation>
    </message>
    <message>
        <source>bind to port %1</source>
        <translation>bind alla porta %1</translation>
    </message>
    <message>
        <source>on</source>
        <translation>sì</translation>
    </message>
    <message>
        <source>off</source>
        <translation>no</translation>
    </message>
    <message>
        <source>one a frame</source>
        <translation>una per frame</translation>
    </message>
    <message>
        <source>known</source>
        <translation>noto</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>ignoto</translation>
    </message>
    <message>
        <source>right</source>
        <translation>giusto</translation>
    </message>
    <message>
        <source>wrong in its last byte</source>
        <translation>sbagliato nell&apos;ultimo byte</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>loss 100% while it is sent first</source>
        <translation>loss 100% durante il primo invio</translation>
    </message>
    <message>
        <source>corrupt 100% while it is sent first</source>
        <translation>corrupt 100% durante il primo invio</translation>
    </message>
    <message>
        <source>as sent</source>
        <translation>come inviato</translation>
    </message>
    <message>
        <source>one bit flipped</source>
        <translation>un bit invertito</translation>
    </message>
    <message>
        <source>done</source>
        <translation>fatto</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>omesso</translation>
    </message>
    <message>
        <source>default</source>
        <translation>predefinito</translation>
    </message>
    <message>
        <source>you changed %1: %2 → %3</source>
        <translation>hai cambiato %1: %2 → %3</translation>
    </message>
    <message>
        <source>both sides are the model, seed %1: nothing else differs</source>
        <translation>entrambi i lati sono il modello, seme %1: null&apos;altro è diverso</translation>
    </message>
    <message>
        <source>%1: the model cannot run it, so no setting can be changed here</source>
        <translation>%1: il modello non può eseguirlo, quindi qui non si può cambiare alcuna impostazione</translation>
    </message>
    <message>
        <source>the trace&apos;s scenario: %1</source>
        <translation>lo scenario della traccia: %1</translation>
    </message>
    <message>
        <source>%1 has no setting %2 to change</source>
        <translation>%1 non ha un&apos;impostazione %2 da cambiare</translation>
    </message>
    <message>
        <source>with %1: %2</source>
        <translation>con %1: %2</translation>
    </message>
    <message>
        <source>The lab</source>
        <translation>Il laboratorio</translation>
    </message>
    <message>
        <source>a stock Linux 6.1 in QEMU</source>
        <translation>un Linux 6.1 di serie in QEMU</translation>
    </message>
    <message>
        <source>This host</source>
        <translation>Questo host</translation>
    </message>
    <message>
        <source>the kernel that runs here, in namespaces of its own</source>
        <translation>il kernel in esecuzione qui, in namespace propri</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>Registrato</translation>
    </message>
    <message>
        <source>what ships with the program: no kernel runs</source>
        <translation>ciò che è allegato al programma: nessun kernel viene eseguito</translation>
    </message>
    <message>
        <source>Another machine</source>
        <translation>Un&apos;altra macchina</translation>
    </message>
    <message>
        <source>over ssh, without a password asked</source>
        <translation>via ssh, senza che sia chiesta una password</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>non trovato</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>non si può leggere</translation>
    </message>
    <message>
        <source>build with SKBSCOPE_AGENT=ON, or name it in $SKBSCOPE_AGENT</source>
        <translation>compila con SKBSCOPE_AGENT=ON, o indicalo in $SKBSCOPE_AGENT</translation>
    </message>
    <message>
        <source>the lab boots its kernel in it: apt-get install qemu-system-x86, or take the recorded kernel (--kernel recorded)</source>
        <translation>il laboratorio vi avvia il suo kernel: apt-get install qemu-system-x86, oppure scegli il kernel registrato (--kernel recorded)</translation>
    </message>
    <message>
        <source>holds no lab kernel</source>
        <translation>non contiene un kernel per il laboratorio</translation>
    </message>
    <message>
        <source>app/lab/fetch-kernel.sh gets one (./bootstrap runs it), or take the recorded kernel (--kernel recorded)</source>
        <translation>app/lab/fetch-kernel.sh ne scarica uno (lo esegue ./bootstrap), oppure scegli il kernel registrato (--kernel recorded)</translation>
    </message>
    <message>
        <source>no such directory</source>
        <translation>questa cartella non esiste</translation>
    </message>
    <message>
        <source>cannot be started: %1</source>
        <translation>non si può avviare: %1</translation>
    </message>
    <message>
        <source>takes too long</source>
        <translation>impiega troppo tempo</translation>
    </message>
    <message>
        <source>the saved machine does not come up</source>
        <translation>la macchina salvata non riparte</translation>
    </message>
    <message>
        <source>stands still: nothing came from it for %1 s</source>
        <translation>è ferma: da %1 s non arriva nulla</translation>
    </message>
    <message>
        <source>lacks %1</source>
        <translation>non ha %1</translation>
    </message>
    <message>
        <source>run skbscope as root (sudo), or give the agent alone what it needs: %1</source>
        <translation>esegui skbscope come root (sudo), o dai al solo agente ciò che gli serve: %1</translation>
    </message>
    <message>
        <source>the agent closed its stream before the run was done</source>
        <translation>l&apos;agente ha chiuso il suo flusso prima della fine dell&apos;esecuzione</translation>
    </message>
    <message>
        <source>the agent ended before the run was done: %1</source>
        <translation>l&apos;agente è terminato prima della fine dell&apos;esecuzione: %1</translation>
    </message>
    <message>
        <source>the ssh connection closed its stream before the run was done</source>
        <translation>la connessione ssh ha chiuso il suo flusso prima della fine dell&apos;esecuzione</translation>
    </message>
    <message>
        <source>the ssh connection ended before the run was done: %1</source>
        <translation>la connessione ssh è terminata prima della fine dell&apos;esecuzione: %1</translation>
    </message>
    <message>
        <source>its last words: %1</source>
        <translation>le sue ultime parole: %1</translation>
    </message>
    <message>
        <source>exit status %1</source>
        <translation>stato di uscita %1</translation>
    </message>
    <message>
        <source>no directory there takes a program</source>
        <translation>là nessuna cartella accetta un programma</translation>
    </message>
    <message>
        <source>the copy does not run there (%1): %2</source>
        <translation>la copia là non parte (%1): %2</translation>
    </message>
    <message>
        <source>is no name of a host</source>
        <translation>non è il nome di un host</translation>
    </message>
    <message>
        <source>use ssh:HOST or ssh:USER@HOST</source>
        <translation>usa ssh:HOST o ssh:UTENTE@HOST</translation>
    </message>
    <message>
        <source>no such kernel</source>
        <translation>questo kernel non esiste</translation>
    </message>
    <message>
        <source>use lab, host, recorded or ssh:HOST</source>
        <translation>usa lab, host, recorded o ssh:HOST</translation>
    </message>
    <message>
        <source>the bundled scenarios are not here</source>
        <translation>gli scenari allegati non sono qui</translation>
    </message>
    <message>
        <source>give a path, or set SKBSCOPE_ASSETS</source>
        <translation>indica un percorso, o imposta SKBSCOPE_ASSETS</translation>
    </message>
    <message>
        <source>no such file and no bundled scenario</source>
        <translation>nessun file e nessuno scenario allegato si chiama così</translation>
    </message>
    <message>
        <source>there are %1</source>
        <translation>ci sono %1</translation>
    </message>
    <message>
        <source>no recorded kernel trace of %1 (%2)</source>
        <translation>nessuna traccia registrata del kernel per %1 (%2)</translation>
    </message>
    <message>
        <source>run it on a kernel: --kernel lab</source>
        <translation>eseguilo su un kernel, per esempio il laboratorio</translation>
    </message>
    <message>
        <source>is not the scenario that %1 recorded</source>
        <translation>non è lo scenario registrato in %1</translation>
    </message>
    <message>
        <source>%1 is a simulated card: it exists in the model alone</source>
        <translation>%1 è una scheda simulata: esiste solo nel modello</translation>
    </message>
    <message>
        <source>choose the model alone</source>
        <translation>scegli solo il modello</translation>
    </message>
    <message>
        <source>%1 is a simulated card: it exists in the model alone, no real kernel has one</source>
        <translation>%1 è una scheda simulata: esiste solo nel modello, nessun kernel reale ne ha una</translation>
    </message>
    <message>
        <source>use --side model</source>
        <translation>scegli solo il modello</translation>
    </message>
    <message>
        <source>the process never ends: %1</source>
        <translation>il processo non finisce mai: %1</translation>
    </message>
    <message>
        <source>give the socket a time-out or make it nonblock</source>
        <translation>dai al socket un time-out o rendilo non bloccante</translation>
    </message>
    <message>
        <source>the scenario calls other functions each time it runs</source>
        <translation>lo scenario chiama ogni volta funzioni diverse</translation>
    </message>
    <message>
        <source>nothing whole can be shown</source>
        <translation>non si può mostrare nulla di completo</translation>
    </message>
    <message>
        <source>the kernel refuses them (%1): they need CAP_BPF and CAP_PERFMON</source>
        <translation>il kernel li rifiuta (%1): servono CAP_BPF e CAP_PERFMON</translation>
    </message>
    <message>
        <source>hides the kernel&apos;s addresses: it needs CAP_SYSLOG, and kernel.kptr_restrict below 2</source>
        <translation>nasconde gli indirizzi del kernel: servono CAP_SYSLOG e kernel.kptr_restrict minore di 2</translation>
    </message>
    <message>
        <source>trying KVM</source>
        <translation>prova di KVM</translation>
    </message>
    <message>
        <source>booting the lab</source>
        <translation>avvio del laboratorio</translation>
    </message>
    <message>
        <source>starting the lab</source>
        <translation>avvio del laboratorio</translation>
    </message>
    <message>
        <source>running the model</source>
        <translation>esecuzione del modello</translation>
    </message>
    <message>
        <source>comparing</source>
        <translation>confronto</translation>
    </message>
    <message>
        <source>making the call tree</source>
        <translation>costruzione dell&apos;albero delle chiamate</translation>
    </message>
    <message>
        <source>reading the kernel&apos;s functions</source>
        <translation>lettura delle funzioni del kernel</translation>
    </message>
    <message>
        <source>loading the generic probes</source>
        <translation>caricamento delle sonde generiche</translation>
    </message>
    <message>
        <source>putting programs on tracepoints</source>
        <translation>aggancio dei programmi ai tracepoint</translation>
    </message>
    <message>
        <source>asking the kernel what it allows</source>
        <translation>domanda al kernel: che cosa permette</translation>
    </message>
    <message>
        <source>attaching probes %1 of %2</source>
        <translation>aggancio delle sonde %1 di %2</translation>
    </message>
    <message>
        <source>attaching probes</source>
        <translation>aggancio delle sonde</translation>
    </message>
    <message>
        <source>setting up the scenario</source>
        <translation>preparazione dello scenario</translation>
    </message>
    <message>
        <source>running the scenario</source>
        <translation>esecuzione dello scenario</translation>
    </message>
    <message>
        <source>reading the network namespaces</source>
        <translation>lettura dei namespace di rete</translation>
    </message>
    <message>
        <source>It ended before it began.</source>
        <translation>È finito prima di cominciare.</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>loopback</translation>
    </message>
    <message>
        <source>up</source>
        <translation>attivo</translation>
    </message>
    <message>
        <source>down</source>
        <translation>non attivo</translation>
    </message>
    <message>
        <source>up, %1</source>
        <translation>attivo, %1</translation>
    </message>
    <message>
        <source>down, %1</source>
        <translation>non attivo, %1</translation>
    </message>
    <message>
        <source>%1, a program has it open</source>
        <translation>%1, un programma lo tiene aperto</translation>
    </message>
    <message>
        <source>is a tun, whose packets have no Ethernet header</source>
        <translation>è un tun, i cui pacchetti non hanno intestazione Ethernet</translation>
    </message>
    <message>
        <source>make a tap: ip tuntap add NAME mode tap</source>
        <translation>crea un tap: ip tuntap add NOME mode tap</translation>
    </message>
    <message>
        <source>is no Ethernet device</source>
        <translation>non è un dispositivo Ethernet</translation>
    </message>
    <message>
        <source>has an address: this host would answer too</source>
        <translation>ha un indirizzo: risponderebbe anche questo host</translation>
    </message>
    <message>
        <source>take a device without one, or name a new tap</source>
        <translation>prendi un dispositivo che non ne ha, o il nome di un nuovo tap</translation>
    </message>
    <message>
        <source>is down</source>
        <translation>non è attivo</translation>
    </message>
    <message>
        <source>choose one, or write the name of a tap that is to be made</source>
        <translation>scegline uno, o scrivi il nome di un tap da creare</translation>
    </message>
    <message>
        <source>a device&apos;s name has 1 to 15 characters</source>
        <translation>il nome di un dispositivo ha da 1 a 15 caratteri</translation>
    </message>
    <message>
        <source>%1 is there already and stays as it is</source>
        <translation>%1 esiste già e resta com&apos;è</translation>
    </message>
    <message>
        <source>this address is for a tap that is made here</source>
        <translation>questo indirizzo è per un tap creato qui</translation>
    </message>
    <message>
        <source>a number from 1 to 64</source>
        <translation>un numero da 1 a 64</translation>
    </message>
    <message>
        <source>%1: a number from 1 to 64</source>
        <translation>%1: un numero da 1 a 64</translation>
    </message>
    <message>
        <source>%1: no IPv4 address</source>
        <translation>%1: non è un indirizzo IPv4</translation>
    </message>
    <message>
        <source>write it as 10.9.0.2</source>
        <translation>scrivilo così: 10.9.0.2</translation>
    </message>
    <message>
        <source>%1: the prefix&apos;s length is missing</source>
        <translation>%1: manca la lunghezza del prefisso</translation>
    </message>
    <message>
        <source>write it as 10.9.0.2/24</source>
        <translation>scrivilo così: 10.9.0.2/24</translation>
    </message>
    <message>
        <source>no IPv4 address</source>
        <translation>non è un indirizzo IPv4</translation>
    </message>
    <message>
        <source>the prefix&apos;s length is missing</source>
        <translation>manca la lunghezza del prefisso</translation>
    </message>
    <message>
        <source>%1 (says the model kernel)</source>
        <translation>%1 (dice il kernel del modello)</translation>
    </message>
    <message>
        <source>may not be opened or made: it takes CAP_NET_ADMIN (run as root)</source>
        <translation>non si può aprire o creare: serve CAP_NET_ADMIN (esegui come root)</translation>
    </message>
    <message>
        <source>%1 is a tun, whose packets have no Ethernet header</source>
        <translation>%1 è un tun, i cui pacchetti non hanno intestazione Ethernet</translation>
    </message>
    <message>
        <source>%1 is no Ethernet device</source>
        <translation>%1 non è un dispositivo Ethernet</translation>
    </message>
    <message>
        <source>%1 has an address: this host would answer too</source>
        <translation>%1 ha un indirizzo: risponderebbe anche questo host</translation>
    </message>
    <message>
        <source>%1 is down</source>
        <translation>%1 non è attivo</translation>
    </message>
    <message>
        <source>see pcap-filter(7)</source>
        <translation>vedi pcap-filter(7)</translation>
    </message>
    <message>
        <source>could not be read here</source>
        <translation>qui non si è potuto leggere</translation>
    </message>
    <message>
        <source>the record is flagged as partial</source>
        <translation>il record è segnato come parziale</translation>
    </message>
    <message>
        <source>given back by the CPU that allocated it: not so in 6.1</source>
        <translation>restituito dalla CPU che l&apos;ha allocato: non così in 6.1</translation>
    </message>
    <message>
        <source>of an interrupt to a CPU that the other side still found at work</source>
        <translation>di un&apos;interruzione a una CPU che l&apos;altro lato trovava ancora al lavoro</translation>
    </message>
    <message>
        <source>begins inlined, and its rest is not reached</source>
        <translation>comincia inline, e il resto non viene raggiunto</translation>
    </message>
    <message>
        <source>outside the model: %1</source>
        <translation>fuori dal modello: %1</translation>
    </message>
    <message>
        <source>of a timer tick</source>
        <translation>di un tick del timer</translation>
    </message>
    <message>
        <source>in another order</source>
        <translation>in un altro ordine</translation>
    </message>
    <message>
        <source>sum over bytes that are random by design</source>
        <translation>somma su byte casuali per progetto</translation>
    </message>
    <message>
        <source>hash with a random key</source>
        <translation>hash con una chiave casuale</translation>
    </message>
    <message>
        <source>random number</source>
        <translation>numero casuale</translation>
    </message>
    <message>
        <source>random around base_reachable_time</source>
        <translation>casuale intorno a base_reachable_time</translation>
    </message>
    <message>
        <source>sequence number or port from a random key</source>
        <translation>numero di sequenza o porta da una chiave casuale</translation>
    </message>
    <message>
        <source>SYN cookie: random by design</source>
        <translation>SYN cookie: casuale per progetto</translation>
    </message>
    <message>
        <source>time of day</source>
        <translation>ora del giorno</translation>
    </message>
    <message>
        <source>the sides&apos; clocks differ</source>
        <translation>gli orologi dei due lati sono diversi</translation>
    </message>
    <message>
        <source>time left: the sides&apos; clocks differ</source>
        <translation>tempo che resta: gli orologi dei due lati sono diversi</translation>
    </message>
    <message>
        <source>the source port in it is random by design</source>
        <translation>la porta sorgente che contiene è casuale per progetto</translation>
    </message>
    <message>
        <source>file descriptor: the lowest that is free in that process</source>
        <translation>descrittore di file: il più basso libero in quel processo</translation>
    </message>
    <message>
        <source>load programs</source>
        <translation>caricare programmi</translation>
    </message>
    <message>
        <source>attach them, read kernel memory</source>
        <translation>agganciarli, leggere la memoria del kernel</translation>
    </message>
    <message>
        <source>addresses of kernel functions</source>
        <translation>indirizzi delle funzioni del kernel</translation>
    </message>
    <message>
        <source>as many descriptors as probes take</source>
        <translation>tanti descrittori quanti ne servono alle sonde</translation>
    </message>
    <message>
        <source>tracefs, where the agent is not root</source>
        <translation>tracefs, dove l&apos;agente non è root</translation>
    </message>
    <message>
        <source>namespaces and sockets of other processes</source>
        <translation>namespace e socket di altri processi</translation>
    </message>
    <message>
        <source>network namespaces</source>
        <translation>namespace di rete</translation>
    </message>
    <message>
        <source>devices, addresses, routes</source>
        <translation>dispositivi, indirizzi, rotte</translation>
    </message>
    <message>
        <source>raw and packet sockets</source>
        <translation>socket raw e packet</translation>
    </message>
    <message>
        <source>ports below 1024</source>
        <translation>porte sotto 1024</translation>
    </message>
    <message>
        <source>%1 instructions</source>
        <translation>%1 istruzioni</translation>
    </message>
    <message>
        <source>IPv4 header checksum: follows from the IP id</source>
        <translation>checksum dell&apos;intestazione IPv4: segue dall&apos;id IP</translation>
    </message>
    <message>
        <source>UDP checksum: follows from the port</source>
        <translation>checksum UDP: segue dalla porta</translation>
    </message>
    <message>
        <source>TCP checksum: follows from ports, numbers and timestamps</source>
        <translation>checksum TCP: segue da porte, numeri e marche temporali</translation>
    </message>
    <message>
        <source>ICMP checksum: follows from the timestamps</source>
        <translation>checksum ICMP: segue dalle marche temporali</translation>
    </message>
    <message>
        <source>ICMP checksum: follows from the quoted packet</source>
        <translation>checksum ICMP: segue dal pacchetto citato</translation>
    </message>
    <message>
        <source>UDP source port</source>
        <translation>porta sorgente UDP</translation>
    </message>
    <message>
        <source>UDP destination port</source>
        <translation>porta di destinazione UDP</translation>
    </message>
    <message>
        <source>TCP source port</source>
        <translation>porta sorgente TCP</translation>
    </message>
    <message>
        <source>TCP destination port</source>
        <translation>porta di destinazione TCP</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>byte %1</translation>
    </message>
    <message>
        <source>bytes %1</source>
        <translation>byte %1</translation>
    </message>
    <message>
        <source>returns</source>
        <translation>restituisce</translation>
    </message>
    <message>
        <source>an address</source>
        <translation>un indirizzo</translation>
    </message>
    <message>
        <source>the checksum at byte %1 differs by just what the bytes it covers differ</source>
        <translation>la checksum al byte %1 differisce proprio di quanto differiscono i byte che copre</translation>
    </message>
    <message>
        <source>the IPv4 header at byte %1 has its identification there; both sides agree in addresses, protocol and length</source>
        <translation>l&apos;intestazione IPv4 al byte %1 ha lì la sua identificazione; le due parti concordano su indirizzi, protocollo e lunghezza</translation>
    </message>
    <message>
        <source>the IPv4 header at byte %1 has its identification there</source>
        <translation>l&apos;intestazione IPv4 al byte %1 ha lì la sua identificazione</translation>
    </message>
    <message>
        <source>both sides agree in addresses, protocol and length</source>
        <translation>le due parti concordano su indirizzi, protocollo e lunghezza</translation>
    </message>
    <message>
        <source>both ports are in ip_local_port_range, and %1 on the left is %2 on the right throughout</source>
        <translation>entrambe le porte sono in ip_local_port_range, e %1 a sinistra è sempre %2 a destra</translation>
    </message>
    <message>
        <source>this way of the flow is %1 ahead on the right throughout</source>
        <translation>in questo verso del flusso la destra è sempre avanti di %1</translation>
    </message>
    <message>
        <source>the timestamp option holds it at byte %1</source>
        <translation>l&apos;opzione timestamp lo contiene al byte %1</translation>
    </message>
    <message>
        <source>the timestamp reply at byte %1 tells when it came and went</source>
        <translation>la risposta timestamp al byte %1 dice quando è arrivata e ripartita</translation>
    </message>
    <message>
        <source>TCP timestamp: each side&apos;s own clock, from a random start</source>
        <translation>timestamp TCP: ogni parte ha il proprio orologio, da un inizio casuale</translation>
    </message>
    <message>
        <source>ICMP timestamp: each side&apos;s own time of day</source>
        <translation>timestamp ICMP: ogni parte ha la propria ora del giorno</translation>
    </message>
    <message>
        <source>TCP sequence number</source>
        <translation>numero di sequenza TCP</translation>
    </message>
    <message>
        <source>TCP acknowledgement</source>
        <translation>riscontro TCP</translation>
    </message>
    <message>
        <source>TCP selective acknowledgement</source>
        <translation>riscontro selettivo TCP</translation>
    </message>
    <message>
        <source>the stock kernel has no traceable %1</source>
        <translation>nel kernel della distribuzione non si può tracciare %1</translation>
    </message>
    <message>
        <source>%1 has no call to %2, and no indirect one that could be it</source>
        <translation>%1 non contiene chiamate a %2, né una indiretta che potrebbe esserlo</translation>
    </message>
    <message>
        <source>%1 has no call to %2, but %3 of the %4 that %5 makes</source>
        <translation>%1 non contiene chiamate a %2, ma %3 delle %4 che fa %5</translation>
    </message>
    <message>
        <source>in 6.1 %1 has no call to %2</source>
        <translation>nella 6.1 %1 non contiene chiamate a %2</translation>
    </message>
    <message>
        <source>the kernel&apos;s release is %1</source>
        <translation>la versione del kernel è %1</translation>
    </message>
    <message>
        <source>of %1 the kernel has only %2</source>
        <translation>di %1 il kernel ha solo %2</translation>
    </message>
    <message>
        <source>%1 is not in the scope of trace/scope.cpp</source>
        <translation>%1 non rientra nell&apos;ambito di trace/scope.cpp</translation>
    </message>
    <message>
        <source>no function %1 on the packet&apos;s path</source>
        <translation>nessuna funzione %1 sul percorso del pacchetto</translation>
    </message>
    <message>
        <source>the packet differs in bytes %1, which change the sum by just that much</source>
        <translation>il pacchetto differisce nei byte %1, che cambiano la somma esattamente di tanto</translation>
    </message>
    <message>
        <source>the first value seen at byte %1 is overwritten later on both sides</source>
        <translation>il primo valore visto al byte %1 viene poi sovrascritto da entrambe le parti</translation>
    </message>
    <message>
        <source>the first value seen at byte %1 is overwritten later, and then both sides agree</source>
        <translation>il primo valore visto al byte %1 viene poi sovrascritto, e allora le due parti concordano</translation>
    </message>
    <message>
        <source>several CPUs, so time is not counted in instructions</source>
        <translation>più CPU, quindi il tempo non si conta in istruzioni</translation>
    </message>
    <message>
        <source>there is nothing of net/ inside</source>
        <translation>dentro non c&apos;è nulla di net/</translation>
    </message>
    <message>
        <source>with no IPI to send, net_rx_action() calls it when its time is up: two ticks came</source>
        <translation>senza IPI da mandare, net_rx_action() la chiama quando il suo tempo è scaduto: sono arrivati due tick</translation>
    </message>
    <message>
        <source>%1 call %2, under the same caller</source>
        <translation>%1: chiamata %2, sotto lo stesso chiamante</translation>
    </message>
    <message>
        <source>kernel call %1: the stack that shows %2 has no frame of it</source>
        <translation>chiamata %1 del kernel: lo stack che mostra %2 non ne ha alcun frame</translation>
    </message>
    <message>
        <source>kernel call %1: the stack that shows %2 has no frame of %3</source>
        <translation>chiamata %1 del kernel: lo stack che mostra %2 non ha alcun frame di %3</translation>
    </message>
    <message>
        <source>names neither it nor what it calls</source>
        <translation>non nomina né questa né ciò che chiama</translation>
    </message>
    <message>
        <source>inlined or left by a tail call there</source>
        <translation>inline, o lasciata lì con una tail call</translation>
    </message>
    <message>
        <source>its caller was left by a tail call there</source>
        <translation>il suo chiamante fu lasciato lì con una tail call</translation>
    </message>
    <message>
        <source>no tracepoint lies in it</source>
        <translation>non contiene alcun tracepoint</translation>
    </message>
    <message>
        <source>only %1 calls it there</source>
        <translation>solo la %1 la chiama lì</translation>
    </message>
    <message>
        <source>descriptor %1 on the left is %2 on the right throughout</source>
        <translation>il descrittore %1 a sinistra è sempre %2 a destra</translation>
    </message>
    <message>
        <source>its argument perturb is random</source>
        <translation>il suo argomento perturb è casuale</translation>
    </message>
    <message>
        <source>its argument seed is random</source>
        <translation>il suo argomento seed è casuale</translation>
    </message>
    <message>
        <source>small heads have a slab of their own there</source>
        <translation>lì le teste piccole hanno uno slab proprio</translation>
    </message>
    <message>
        <source>whose memory a packet gets is the slab&apos;s choice</source>
        <translation>quale memoria riceva un pacchetto lo sceglie lo slab</translation>
    </message>
    <message>
        <source>%1 in use there, and this trace has %2 packets: others take and give from it</source>
        <translation>%1 in uso lì, e questa traccia ha %2 pacchetti: altri ne prendono e ne restituiscono</translation>
    </message>
    <message>
        <source>enqueue_to_backlog() schedules a backlog that is not scheduled yet</source>
        <translation>enqueue_to_backlog() mette in programma un backlog che non lo è ancora</translation>
    </message>
    <message>
        <source>sent: %1 | %2</source>
        <translation>mandati: %1 | %2</translation>
    </message>
    <message>
        <source>unknown (lost): %1</source>
        <translation>ignoto (perso): %1</translation>
    </message>
    <message>
        <source>%1 event %2: loss record on CPU %3</source>
        <translation>%1, evento %2: record di perdita sulla CPU %3</translation>
    </message>
    <message>
        <source>%1 event %2: hole in the sequence on CPU %3</source>
        <translation>%1, evento %2: buco nella sequenza sulla CPU %3</translation>
    </message>
    <message>
        <source>out of memory</source>
        <translation>memoria esaurita</translation>
    </message>
    <message>
        <source>internal error: %1</source>
        <translation>errore interno: %1</translation>
    </message>
    <message>
        <source>no more is known</source>
        <translation>non si sa altro</translation>
    </message>
    <message>
        <source>a single value</source>
        <translation>un solo valore</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>una lista</translation>
    </message>
    <message>
        <source>a map</source>
        <translation>una mappa</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>niente</translation>
    </message>
    <message>
        <source>is a map</source>
        <translation>è una mappa</translation>
    </message>
    <message>
        <source>is a list</source>
        <translation>è una lista</translation>
    </message>
    <message>
        <source>is a single value</source>
        <translation>è un solo valore</translation>
    </message>
    <message>
        <source>is nothing</source>
        <translation>è vuoto</translation>
    </message>
    <message>
        <source>give a single value</source>
        <translation>dai un solo valore</translation>
    </message>
    <message>
        <source>give a list</source>
        <translation>dai una lista</translation>
    </message>
    <message>
        <source>give a map of keys and values</source>
        <translation>dai una mappa di chiavi e valori</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>è vuoto</translation>
    </message>
    <message>
        <source>give a value</source>
        <translation>dai un valore</translation>
    </message>
    <message>
        <source>give a whole number from %1 to %2</source>
        <translation>dai un numero intero da %1 a %2</translation>
    </message>
    <message>
        <source>give a whole number</source>
        <translation>dai un numero intero</translation>
    </message>
    <message>
        <source>give on or off</source>
        <translation>dai on oppure off</translation>
    </message>
    <message>
        <source>a key is not a single word</source>
        <translation>una chiave non è una sola parola</translation>
    </message>
    <message>
        <source>write key: value</source>
        <translation>scrivi chiave: valore</translation>
    </message>
    <message>
        <source>is given twice</source>
        <translation>c&apos;è due volte</translation>
    </message>
    <message>
        <source>remove one of the two</source>
        <translation>togli una delle due</translation>
    </message>
    <message>
        <source>give one of the two</source>
        <translation>dai una delle due</translation>
    </message>
    <message>
        <source>unknown key for %1</source>
        <translation>chiave sconosciuta per %1</translation>
    </message>
    <message>
        <source>means the same as %1</source>
        <translation>significa lo stesso di %1</translation>
    </message>
    <message>
        <source>is missing for %1</source>
        <translation>manca per %1</translation>
    </message>
    <message>
        <source>add it, such as %1</source>
        <translation>aggiungilo, per esempio %1</translation>
    </message>
    <message>
        <source>add host: a</source>
        <translation>aggiungi host: a</translation>
    </message>
    <message>
        <source>did you mean %1?</source>
        <translation>intendevi %1?</translation>
    </message>
    <message>
        <source>possible: %1</source>
        <translation>possibili: %1</translation>
    </message>
    <message>
        <source>unknown operation %1</source>
        <translation>operazione sconosciuta %1</translation>
    </message>
    <message>
        <source>add the operation, such as do: sendto</source>
        <translation>aggiungi l&apos;operazione, per esempio do: sendto</translation>
    </message>
    <message>
        <source>add at least one step</source>
        <translation>aggiungi almeno un passo</translation>
    </message>
    <message>
        <source>the scenario is too long</source>
        <translation>lo scenario è troppo lungo</translation>
    </message>
    <message>
        <source>use at most %1 operations</source>
        <translation>usa al massimo %1 operazioni</translation>
    </message>
    <message>
        <source>say where the process starts: host: a</source>
        <translation>di&apos; dove parte il processo: host: a</translation>
    </message>
    <message>
        <source>is larger than 1 MiB</source>
        <translation>è più grande di 1 MiB</translation>
    </message>
    <message>
        <source>a scenario is a short text file</source>
        <translation>uno scenario è un breve file di testo</translation>
    </message>
    <message>
        <source>holds several YAML documents</source>
        <translation>contiene più documenti YAML</translation>
    </message>
    <message>
        <source>put each scenario in a file of its own</source>
        <translation>metti ogni scenario in un file suo</translation>
    </message>
    <message>
        <source>see docs/scenario.md for what a scenario holds</source>
        <translation>che cosa contiene uno scenario sta in docs/scenario.md</translation>
    </message>
    <message>
        <source>is not YAML: %1</source>
        <translation>non è YAML: %1</translation>
    </message>
    <message>
        <source>check brackets, quotes and indentation</source>
        <translation>controlla parentesi, virgolette e rientri</translation>
    </message>
    <message>
        <source>use 1 to 15 letters, digits, _ or -</source>
        <translation>usa da 1 a 15 lettere, cifre, _ o -</translation>
    </message>
    <message>
        <source>host %1 is there twice</source>
        <translation>l&apos;host %1 c&apos;è due volte</translation>
    </message>
    <message>
        <source>too many hosts</source>
        <translation>troppi host</translation>
    </message>
    <message>
        <source>use at most %1</source>
        <translation>usa al massimo %1</translation>
    </message>
    <message>
        <source>no host %1</source>
        <translation>nessun host %1</translation>
    </message>
    <message>
        <source>%1 names no host</source>
        <translation>%1 non nomina un host</translation>
    </message>
    <message>
        <source>write HOST.DEVICE, such as a.va</source>
        <translation>scrivi HOST.DISPOSITIVO, per esempio a.va</translation>
    </message>
    <message>
        <source>write HOST.DEVICE</source>
        <translation>scrivi HOST.DISPOSITIVO</translation>
    </message>
    <message>
        <source>use 1 to 15 characters without / and :</source>
        <translation>usa da 1 a 15 caratteri senza / e :</translation>
    </message>
    <message>
        <source>device %1 is there twice</source>
        <translation>il dispositivo %1 c&apos;è due volte</translation>
    </message>
    <message>
        <source>no device %1</source>
        <translation>nessun dispositivo %1</translation>
    </message>
    <message>
        <source>the device is another host&apos;s</source>
        <translation>il dispositivo è di un altro host</translation>
    </message>
    <message>
        <source>name the host of the device</source>
        <translation>nomina l&apos;host del dispositivo</translation>
    </message>
    <message>
        <source>no socket %1 yet</source>
        <translation>ancora nessun socket %1</translation>
    </message>
    <message>
        <source>no socket %1 up to here</source>
        <translation>nessun socket %1 fin qui</translation>
    </message>
    <message>
        <source>socket %1 was closed on line %2</source>
        <translation>il socket %1 è stato chiuso alla riga %2</translation>
    </message>
    <message>
        <source>use it before, or make it anew</source>
        <translation>usalo prima, o crealo di nuovo</translation>
    </message>
    <message>
        <source>socket %1 was made on line %2 already</source>
        <translation>il socket %1 è già stato creato alla riga %2</translation>
    </message>
    <message>
        <source>close it first, or choose another name</source>
        <translation>chiudilo prima, o scegli un altro nome</translation>
    </message>
    <message>
        <source>write milliseconds, or 250ms, or 2s</source>
        <translation>scrivi millisecondi, o 250ms, o 2s</translation>
    </message>
    <message>
        <source>write it as %1</source>
        <translation>scrivilo come %1</translation>
    </message>
    <message>
        <source>has no port</source>
        <translation>non ha una porta</translation>
    </message>
    <message>
        <source>%1 is not a number</source>
        <translation>%1 non è un numero</translation>
    </message>
    <message>
        <source>%1 is out of range</source>
        <translation>%1 è fuori dai limiti</translation>
    </message>
    <message>
        <source>%1 is not a 32-bit integer</source>
        <translation>%1 non è un intero a 32 bit</translation>
    </message>
    <message>
        <source>%1 is neither on nor off</source>
        <translation>%1 non è né on né off</translation>
    </message>
    <message>
        <source>%1 is not a host name</source>
        <translation>%1 non è un nome di host</translation>
    </message>
    <message>
        <source>%1 is not a device name</source>
        <translation>%1 non è un nome di dispositivo</translation>
    </message>
    <message>
        <source>%1 is not an IPv4 address and port</source>
        <translation>%1 non è un indirizzo IPv4 con porta</translation>
    </message>
    <message>
        <source>%1 is not an IPv4 address with a prefix length</source>
        <translation>%1 non è un indirizzo IPv4 con la lunghezza del prefisso</translation>
    </message>
    <message>
        <source>%1 is not an IPv4 address</source>
        <translation>%1 non è un indirizzo IPv4</translation>
    </message>
    <message>
        <source>%1 is not a MAC address</source>
        <translation>%1 non è un indirizzo MAC</translation>
    </message>
    <message>
        <source>%1 is not a time</source>
        <translation>%1 non è un tempo</translation>
    </message>
    <message>
        <source>%1 is too long</source>
        <translation>%1 è troppo lungo</translation>
    </message>
    <message>
        <source>%1 is not a port</source>
        <translation>%1 non è una porta</translation>
    </message>
    <message>
        <source>%1 is not hex</source>
        <translation>%1 non è esadecimale</translation>
    </message>
    <message>
        <source>%1 is not a socket type</source>
        <translation>%1 non è un tipo di socket</translation>
    </message>
    <message>
        <source>%1 is not a tap</source>
        <translation>%1 non è un tap</translation>
    </message>
    <message>
        <source>%1 is not a network sysctl</source>
        <translation>%1 non è un sysctl di rete</translation>
    </message>
    <message>
        <source>%1 is not possible here</source>
        <translation>%1 qui non è possibile</translation>
    </message>
</context>
<context>
    <name>AttachForm</name>
    <message>
        <source>Put the model on a device</source>
        <translation>Metti il modello su un dispositivo</translation>
    </message>
    <message>
        <source>Starting ...</source>
        <translation>Avvio in corso ...</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Collega</translation>
    </message>
    <message>
        <source>The model answers there until Ctrl+E; the device is left as it was.</source>
        <translation>Il modello vi risponde fino a Ctrl+E; il dispositivo resta com&apos;era.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>Down goes through the list. A name that no device has: a tap of that name is made, and gone afterwards.</source>
        <translation>Giù scorre l&apos;elenco. Con un nome che nessun dispositivo ha si crea un tap che poi sparisce.</translation>
    </message>
    <message>
        <source>Devices of this machine</source>
        <translation>Dispositivi di questa macchina</translation>
    </message>
    <message>
        <source>No device was found.</source>
        <translation>Non è stato trovato alcun dispositivo.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Indirizzo</translation>
    </message>
    <message>
        <source>The model&apos;s, with the length of its prefix.</source>
        <translation>Quello del modello, con la lunghezza del prefisso.</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Scheda</translation>
    </message>
    <message>
        <source>An interrupt a packet</source>
        <translation>Un&apos;interruzione per pacchetto</translation>
    </message>
    <message>
        <source>NAPI with GRO</source>
        <translation>NAPI con GRO</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Queues</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>Host&apos;s end</source>
        <translation>Capo dell&apos;host</translation>
    </message>
    <message>
        <source>Of a tap that is made here: this machine&apos;s address on it.</source>
        <translation>Di un tap creato qui: l&apos;indirizzo di questa macchina.</translation>
    </message>
    <message>
        <source>Namespace</source>
        <translation>Namespace</translation>
    </message>
    <message>
        <source>this one</source>
        <translation>questo</translation>
    </message>
    <message>
        <source>A name of ip netns, where the device is.</source>
        <translation>Un nome di ip netns, dove si trova il dispositivo.</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Call %1</source>
        <translation>Chiamata %1</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>altre %1</translation>
    </message>
    <message>
        <source>Waiting for the first packet.</source>
        <translation>In attesa del primo pacchetto.</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>host, device</source>
        <translation>host, dispositivo</translation>
    </message>
</context>
<context>
    <name>BannerModel</name>
    <message>
        <source> is called.</source>
        <translation> viene chiamata.</translation>
    </message>
    <message>
        <source>, and </source>
        <translation>, e </translation>
    </message>
    <message>
        <source> New since the last look: </source>
        <translation> Nuovo dall&apos;ultimo sguardo: </translation>
    </message>
    <message>
        <source>before </source>
        <translation>prima di </translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
    <message>
        <source>Nothing moves</source>
        <translation>Non si muove nulla</translation>
    </message>
    <message>
        <source>; the last move was %1.</source>
        <translation>; l&apos;ultimo spostamento è stato %1.</translation>
    </message>
    <message>
        <source>No call is in this trace.</source>
        <translation>In questa traccia non c&apos;è alcuna chiamata.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>context on CPU %1</source>
        <translation>contesto sulla CPU %1</translation>
    </message>
</context>
<context>
    <name>BannerScene</name>
    <message>
        <source> more</source>
        <translation> di più</translation>
    </message>
    <message>
        <source>host, device</source>
        <translation>host, dispositivo</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
</context>
<context>
    <name>BigMemoryBar</name>
    <message>
        <source>, passed</source>
        <translation>, letta</translation>
    </message>
    <message>
        <source>, not written</source>
        <translation>, non scritta</translation>
    </message>
</context>
<context>
    <name>BigMemoryScene</name>
    <message>
        <source>: what the memory held last</source>
        <translation>: l&apos;ultimo contenuto della memoria</translation>
    </message>
    <message>
        <source>: this is the packet now</source>
        <translation>: questo è ora il pacchetto</translation>
    </message>
    <message>
        <source>freed</source>
        <translation>liberato</translation>
    </message>
    <message>
        <source>before</source>
        <translation>prima</translation>
    </message>
    <message>
        <source>after</source>
        <translation>dopo</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ora</translation>
    </message>
</context>
<context>
    <name>BigStackScene</name>
    <message>
        <source>host </source>
        <translation>host </translation>
    </message>
    <message>
        <source>no queue</source>
        <translation>nessuna coda</translation>
    </message>
    <message>
        <source>no packet is involved here</source>
        <translation>qui non c&apos;entra alcun pacchetto</translation>
    </message>
    <message>
        <source>queue</source>
        <translation>coda</translation>
    </message>
</context>
<context>
    <name>Breakpoint</name>
    <message>
        <source>`%1` is no drop reason; they are named as in the kernel, NO_SOCKET or UDP_CSUM</source>
        <translation>`%1` non è un motivo di scarto (drop); i nomi sono quelli del kernel, NO_SOCKET o UDP_CSUM</translation>
    </message>
    <message>
        <source>one field stands here</source>
        <translation>qui va un solo campo</translation>
    </message>
    <message>
        <source>`%1` is no function of this trace or of the catalogue. Allowed are a function, a condition on a field (len &gt; 100, data changed), drop, drop REASON and watch FIELD</source>
        <translation>`%1` non è una funzione di questa traccia né del catalogo. Sono ammessi una funzione, una condizione su un campo (len &gt; 100, data changed), drop, drop MOTIVO e watch CAMPO</translation>
    </message>
    <message>
        <source>nothing is written here. Allowed are a function (ip_rcv), a condition on a field (len &gt; 100, data changed), drop, drop REASON and watch FIELD</source>
        <translation>qui non c&apos;è scritto nulla. Sono ammessi una funzione (ip_rcv), una condizione su un campo (len &gt; 100, data changed), drop, drop MOTIVO e watch CAMPO</translation>
    </message>
</context>
<context>
    <name>Breakpoints</name>
    <message>
        <source>Breakpoints and watches</source>
        <translation>Punti di arresto e osservazioni</translation>
    </message>
    <message>
        <source>F5 runs to the next one, Ctrl+F5 back</source>
        <translation>F5 va al prossimo, Ctrl+F5 al precedente</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Rimuovi</translation>
    </message>
    <message>
        <source>None yet. B sets one on the current function.</source>
        <translation>Ancora nessuno. B ne mette uno sulla funzione corrente.</translation>
    </message>
    <message>
        <source>A field is read on the side that is looked at (M). Space switches, Delete removes, Esc closes.</source>
        <translation>Un campo si legge sul lato che si guarda (M). Spazio attiva o disattiva, Canc rimuove, Esc chiude.</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>Rimuovi %1</translation>
    </message>
    <message>
        <source>off, %1</source>
        <translation>disattivato, %1</translation>
    </message>
</context>
<context>
    <name>BreakpointsModel</name>
    <message>
        <source>no sk_buff here</source>
        <translation>qui non c&apos;è un sk_buff</translation>
    </message>
    <message>
        <source>not seen yet</source>
        <translation>non ancora visto</translation>
    </message>
    <message>
        <source> since call %1, %2</source>
        <translation> dalla chiamata %1, %2</translation>
    </message>
    <message>
        <source>no trace is open</source>
        <translation>nessuna traccia è aperta</translation>
    </message>
    <message>
        <source>never here</source>
        <translation>mai qui</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>arresto</translation>
    </message>
    <message>
        <source>stops</source>
        <translation>arresti</translation>
    </message>
    <message>
        <source>Watch: </source>
        <translation>Osservazione: </translation>
    </message>
    <message>
        <source>Breakpoint: </source>
        <translation>Punto di arresto: </translation>
    </message>
    <message>
        <source>, off</source>
        <translation>, disattivato</translation>
    </message>
    <message>
        <source>Breakpoints: </source>
        <translation>Punti di arresto: </translation>
    </message>
    <message>
        <source> of %1 on</source>
        <translation> di %1 attivi</translation>
    </message>
    <message>
        <source>on</source>
        <translation>attivo</translation>
    </message>
    <message>
        <source>off</source>
        <translation>disattivato</translation>
    </message>
</context>
<context>
    <name>BufferClauses</name>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>the %1 header</source>
        <translation>l&apos;intestazione %1</translation>
    </message>
    <message>
        <source>pulls</source>
        <translation>toglie (pull)</translation>
    </message>
    <message>
        <source>; %1 has been read</source>
        <translation>; %1 è stata letta</translation>
    </message>
    <message>
        <source>; the room for %1 stays in front, unwritten</source>
        <translation>; lo spazio per %1 resta davanti, non scritto</translation>
    </message>
    <message>
        <source>, the packet now starts at %1</source>
        <translation>, il pacchetto ora comincia da %1</translation>
    </message>
    <message>
        <source>pushes</source>
        <translation>antepone (push)</translation>
    </message>
    <message>
        <source>; room for %1 in front of the packet</source>
        <translation>; spazio per %1 davanti al pacchetto</translation>
    </message>
    <message>
        <source>cuts off</source>
        <translation>taglia (trim)</translation>
    </message>
    <message>
        <source>packet %1</source>
        <translation>pacchetto %1</translation>
    </message>
    <message>
        <source>another sk_buff</source>
        <translation>un altro sk_buff</translation>
    </message>
    <message>
        <source>moves the bytes to </source>
        <translation>sposta i byte in </translation>
    </message>
    <message>
        <source>a new buffer of </source>
        <translation>un nuovo buffer di </translation>
    </message>
    <message>
        <source>frees the data buffer</source>
        <translation>libera il buffer dei dati</translation>
    </message>
    <message>
        <source> of packet %1</source>
        <translation> del pacchetto %1</translation>
    </message>
    <message>
        <source>frees the sk_buff</source>
        <translation>libera lo sk_buff</translation>
    </message>
    <message>
        <source> of packet %1, </source>
        <translation> del pacchetto %1, </translation>
    </message>
    <message>
        <source>which was consumed</source>
        <translation>che è stato consumato</translation>
    </message>
    <message>
        <source>asks to %1 </source>
        <translation>chiede %1 di </translation>
    </message>
    <message>
        <source>0 bytes: data stays %1, len %2</source>
        <translation>0 byte: data resta %1, len %2</translation>
    </message>
    <message>
        <source>, tail %1</source>
        <translation>, tail %1</translation>
    </message>
    <message>
        <source>reserves </source>
        <translation>riserva </translation>
    </message>
    <message>
        <source> of headroom: </source>
        <translation> di headroom: </translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>; len stays %1</source>
        <translation>; len resta %1</translation>
    </message>
    <message>
        <source>puts</source>
        <translation>aggiunge (put)</translation>
    </message>
    <message>
        <source>; room at the end of the packet</source>
        <translation>; spazio in fondo al pacchetto</translation>
    </message>
    <message>
        <source>moves a pointer (%1): data is now %2, tail %3, len %4</source>
        <translation>sposta un puntatore (%1): ora data è %2, tail %3, len %4</translation>
    </message>
    <message>
        <source>makes a new sk_buff, packet %1, with </source>
        <translation>crea un nuovo sk_buff, il pacchetto %1, con </translation>
    </message>
    <message>
        <source> of room</source>
        <translation> di spazio</translation>
    </message>
    <message>
        <source>, truesize %1, and %2 in it</source>
        <translation>, truesize %1, e dentro %2</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nulla</translation>
    </message>
    <message>
        <source>makes </source>
        <translation>crea </translation>
    </message>
    <message>
        <source>a second sk_buff, packet %1,</source>
        <translation>un secondo sk_buff, il pacchetto %1,</translation>
    </message>
    <message>
        <source> on the bytes of %1: dataref is now %2, len %3</source>
        <translation> sui byte di %1: ora dataref è %2, len %3</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>copia</translation>
    </message>
    <message>
        <source> %1, sk_buff and %2, to packet %3</source>
        <translation> %1, sk_buff e %2, nel pacchetto %3</translation>
    </message>
    <message>
        <source>which was dropped: %1</source>
        <translation>che è stato scartato: %1</translation>
    </message>
</context>
<context>
    <name>BytesModel</name>
    <message>
        <source>byte differs</source>
        <translation>byte diverso</translation>
    </message>
    <message>
        <source>bytes differ</source>
        <translation>byte diversi</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>, as they should</source>
        <translation>, come dev&apos;essere</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>, not written yet</source>
        <translation>, non ancora scritta</translation>
    </message>
</context>
<context>
    <name>BytesScene</name>
    <message>
        <source>no bytes yet</source>
        <translation>ancora nessun byte</translation>
    </message>
    <message>
        <source>differs from the other side, as it should</source>
        <translation>diverso dall&apos;altro lato, come dev&apos;essere</translation>
    </message>
    <message>
        <source>differs from the other side, unexplained</source>
        <translation>diverso dall&apos;altro lato, senza spiegazione</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>, not written</source>
        <translation>, non scritto</translation>
    </message>
</context>
<context>
    <name>CallAddress</name>
    <message>
        <source>%1: the %2&apos;s side has calls 1 to %3</source>
        <translation>%1: il lato %2 ha le chiamate da 1 a %3</translation>
    </message>
    <message>
        <source>: behind the colon stands which of its calls: </source>
        <translation>: dopo i due punti va quale delle sue chiamate: </translation>
    </message>
    <message>
        <source>: no such function is called in this trace</source>
        <translation>: in questa traccia non viene chiamata alcuna funzione con questo nome</translation>
    </message>
    <message>
        <source>: it is called %1 only</source>
        <translation>: viene chiamata solo %1</translation>
    </message>
    <message>
        <source>time</source>
        <translation>volta</translation>
    </message>
    <message>
        <source>times</source>
        <translation>volte</translation>
    </message>
</context>
<context>
    <name>CallRowsModel</name>
    <message>
        <source>inferred from a stack</source>
        <translation>dedotta da uno stack</translation>
    </message>
    <message>
        <source>k instr.</source>
        <translation>k istr.</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>
?: inferred from a stack, nothing was read when it ran</source>
        <translation>
?: dedotta da uno stack, nulla è stato letto mentre girava</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>hidden: a question is open</source>
        <translation>nascosto: è aperta una domanda</translation>
    </message>
    <message>
        <source>call not shown</source>
        <translation>chiamata non mostrata</translation>
    </message>
    <message>
        <source>calls not shown</source>
        <translation>chiamate non mostrate</translation>
    </message>
    <message>
        <source>not in the filter</source>
        <translation>non nel filtro</translation>
    </message>
</context>
<context>
    <name>CallWindow</name>
    <message>
        <source>task %1</source>
        <translation>task %1</translation>
    </message>
    <message>
        <source>the sender is</source>
        <translation>il mittente è</translation>
    </message>
    <message>
        <source>its task is</source>
        <translation>il suo task è</translation>
    </message>
    <message>
        <source>%1 still inside %2</source>
        <translation>%1 ancora dentro %2</translation>
    </message>
    <message>
        <source>same CPU</source>
        <translation>stessa CPU</translation>
    </message>
    <message>
        <source>hand-over: %1 → %2</source>
        <translation>passaggio: %1 → %2</translation>
    </message>
    <message>
        <source>call, returned</source>
        <translation>chiamata, tornata</translation>
    </message>
    <message>
        <source>calls, returned</source>
        <translation>chiamate, tornate</translation>
    </message>
    <message>
        <source>caller: </source>
        <translation>chiamante: </translation>
    </message>
    <message>
        <source>callers: </source>
        <translation>chiamanti: </translation>
    </message>
    <message>
        <source>%1, CPU %2</source>
        <translation>%1, CPU %2</translation>
    </message>
    <message>
        <source>call not shown</source>
        <translation>chiamata non mostrata</translation>
    </message>
    <message>
        <source>calls not shown</source>
        <translation>chiamate non mostrate</translation>
    </message>
    <message>
        <source>call above</source>
        <translation>chiamata sopra</translation>
    </message>
    <message>
        <source>calls above</source>
        <translation>chiamate sopra</translation>
    </message>
    <message>
        <source>call among them not shown</source>
        <translation>di esse non mostrata</translation>
    </message>
    <message>
        <source>calls among them not shown</source>
        <translation>di esse non mostrate</translation>
    </message>
</context>
<context>
    <name>CallsScene</name>
    <message>
        <source>match</source>
        <translation>uguale</translation>
    </message>
    <message>
        <source>inlined here</source>
        <translation>inline qui</translation>
    </message>
    <message>
        <source>value differs</source>
        <translation>valore diverso</translation>
    </message>
    <message>
        <source>lost: **%1**</source>
        <translation>persi: **%1**</translation>
    </message>
    <message>
        <source>unexplained: **%1**</source>
        <translation>inspiegati: **%1**</translation>
    </message>
    <message>
        <source>inlined</source>
        <translation>inline</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>diverso</translation>
    </message>
    <message>
        <source>Model, C++</source>
        <translation>Modello, C++</translation>
    </message>
    <message>
        <source>not in %1</source>
        <translation>assente: %1</translation>
    </message>
    <message>
        <source>: the filter leaves them out. A click shows them</source>
        <translation>: il filtro le esclude. Un clic le mostra</translation>
    </message>
    <message>
        <source>model only</source>
        <translation>solo modello</translation>
    </message>
    <message>
        <source>kernel only</source>
        <translation>solo kernel</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <source>en</source>
        <comment>the language of the cards: en or it</comment>
        <translation>it</translation>
    </message>
</context>
<context>
    <name>CommandRegistry</name>
    <message>
        <source>There is no command %1.</source>
        <translation>Il comando %1 non esiste.</translation>
    </message>
    <message>
        <source>%1: not possible here.</source>
        <translation>%1: qui non è possibile.</translation>
    </message>
</context>
<context>
    <name>Condition</name>
    <message>
        <source>`%1` does not belong here; another condition is joined with `and`</source>
        <translation>`%1` qui è di troppo; un&apos;altra condizione si unisce con `and`</translation>
    </message>
    <message>
        <source>a field is missing; there are </source>
        <translation>manca un campo; ci sono </translation>
    </message>
    <message>
        <source>the sk_buff has no field `%1` here; there are %2</source>
        <translation>qui lo sk_buff non ha un campo `%1`; ci sono %2</translation>
    </message>
    <message>
        <source>after `%1` stands one of %2</source>
        <translation>dopo `%1` va uno di %2</translation>
    </message>
    <message>
        <source>`%1` compares nothing; after `%2` stands one of %3</source>
        <translation>`%1` non confronta nulla; dopo `%2` va uno di %3</translation>
    </message>
    <message>
        <source>devices have no order; `dev` is compared with == or !=</source>
        <translation>i dispositivi non hanno un ordine; `dev` si confronta con == o !=</translation>
    </message>
    <message>
        <source>the name of a device</source>
        <translation>il nome di un dispositivo</translation>
    </message>
    <message>
        <source>a number, decimal or 0x...</source>
        <translation>un numero, decimale o 0x...</translation>
    </message>
    <message>
        <source>a number or one of </source>
        <translation>un numero o uno di </translation>
    </message>
    <message>
        <source>`%1` is compared with nothing; here stands %2</source>
        <translation>`%1` non è confrontato con nulla; qui va %2</translation>
    </message>
    <message>
        <source>`%1` is no value of `%2`; here stands %3</source>
        <translation>`%1` non è un valore di `%2`; qui va %3</translation>
    </message>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
    <message>
        <source>At character %1: %2</source>
        <translation>Al carattere %1: %2</translation>
    </message>
</context>
<context>
    <name>Contexts</name>
    <message>
        <source>process</source>
        <translation>processo</translation>
    </message>
    <message>
        <source>softirq</source>
        <translation>softirq</translation>
    </message>
    <message>
        <source>hardirq</source>
        <translation>hardirq</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>idle</translation>
    </message>
</context>
<context>
    <name>CpuLanes</name>
    <message>
        <source>raises </source>
        <translation>richiede (raise) </translation>
    </message>
    <message>
        <source>IPI to CPU %1</source>
        <translation>IPI alla CPU %1</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
</context>
<context>
    <name>Decode</name>
    <message>
        <source>not filled in yet</source>
        <translation>non ancora calcolato</translation>
    </message>
    <message>
        <source>holds</source>
        <translation>corretto</translation>
    </message>
    <message>
        <source>does not hold</source>
        <translation>errato</translation>
    </message>
    <message>
        <source>addresses and length only</source>
        <translation>solo indirizzi e lunghezza</translation>
    </message>
    <message>
        <source>addresses and length only (PARTIAL)</source>
        <translation>solo indirizzi e lunghezza (PARTIAL)</translation>
    </message>
    <message>
        <source>× 4 bytes</source>
        <translation>× 4 byte</translation>
    </message>
    <message>
        <source>echo reply</source>
        <translation>risposta echo</translation>
    </message>
    <message>
        <source>destination unreachable</source>
        <translation>destinazione irraggiungibile</translation>
    </message>
    <message>
        <source>redirect</source>
        <translation>redirect</translation>
    </message>
    <message>
        <source>echo request</source>
        <translation>richiesta echo</translation>
    </message>
    <message>
        <source>time exceeded</source>
        <translation>tempo scaduto</translation>
    </message>
</context>
<context>
    <name>DifferenceKinds</name>
    <message>
        <source>Kinds of difference</source>
        <translation>Tipi di differenza</translation>
    </message>
    <message>
        <source>unexplained only</source>
        <translation>solo senza spiegazione</translation>
    </message>
</context>
<context>
    <name>Differences</name>
    <message>
        <source>Differences</source>
        <translation>Differenze</translation>
    </message>
    <message>
        <source>Filter: function, reason, value, host, context</source>
        <translation>Filtro: funzione, motivo, valore, host, contesto</translation>
    </message>
    <message>
        <source>Differences by reason</source>
        <translation>Differenze per motivo</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
    <message>
        <source> here, the other elsewhere: </source>
        <translation> qui, l&apos;altro altrove: </translation>
    </message>
    <message>
        <source>no reason is known</source>
        <translation>nessun motivo è noto</translation>
    </message>
    <message>
        <source>, CPU %1</source>
        <translation>, CPU %1</translation>
    </message>
    <message>
        <source>Enter goes there · Esc closes</source>
        <translation>Invio ci va · Esc chiude</translation>
    </message>
    <message>
        <source>Left and Right fold a reason, Tab goes to the filter and the kinds.</source>
        <translation>Sinistra e Destra chiudono e aprono un motivo, Tab va al filtro e ai tipi.</translation>
    </message>
    <message>
        <source>Evidence: %1</source>
        <translation>Prova: %1</translation>
    </message>
    <message>
        <source>Differences between %1</source>
        <translation>Differenze fra %1</translation>
    </message>
    <message>
        <source> and </source>
        <translation> e </translation>
    </message>
    <message>
        <source>only %1 calls it</source>
        <translation>la chiama solo %1</translation>
    </message>
</context>
<context>
    <name>DifferencesText</name>
    <message>
        <source>%1 of %2 match</source>
        <translation>%1 di %2 uguali</translation>
    </message>
    <message>
        <source>, %1 in another caller</source>
        <translation>, %1 in un altro chiamante</translation>
    </message>
    <message>
        <source>. Too many calls differ for the best alignment: another may pair more of them</source>
        <translation>. Troppe chiamate differiscono per l&apos;allineamento migliore: un altro può accoppiarne di più</translation>
    </message>
    <message>
        <source>Fidelity: calls </source>
        <translation>Fedeltà: chiamate </translation>
    </message>
    <message>
        <source>, state </source>
        <translation>, stato </translation>
    </message>
    <message>
        <source> (%1 of %2 fields). Unexplained: </source>
        <translation> (%1 di %2 campi). Senza spiegazione: </translation>
    </message>
    <message>
        <source>difference</source>
        <translation>differenza</translation>
    </message>
    <message>
        <source>differences</source>
        <translation>differenze</translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
    <message>
        <source>There is one side only: nothing to compare with.</source>
        <translation>C&apos;è un lato solo: nulla con cui confrontare.</translation>
    </message>
    <message>
        <source>Each difference has its reason.</source>
        <translation>Ogni differenza ha il suo motivo.</translation>
    </message>
    <message>
        <source>No difference is like that.</source>
        <translation>Nessuna differenza corrisponde.</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>value</source>
        <translation>valore</translation>
    </message>
    <message>
        <source>values</source>
        <translation>valori</translation>
    </message>
    <message>
        <source>, folded</source>
        <translation>, chiuso</translation>
    </message>
    <message>
        <source>, current</source>
        <translation>, corrente</translation>
    </message>
    <message>
        <source>Alike: calls </source>
        <translation>Uguali: chiamate </translation>
    </message>
    <message>
        <source>%1 and %2 do the same.</source>
        <translation>Nessuna differenza fra %1 e %2.</translation>
    </message>
</context>
<context>
    <name>Effects</name>
    <message>
        <source>task %1</source>
        <translation>task %1</translation>
    </message>
    <message>
        <source>queue %1</source>
        <translation>coda %1</translation>
    </message>
    <message>
        <source>new, %1 B</source>
        <translation>nuovo, %1 B</translation>
    </message>
    <message>
        <source>clone</source>
        <translation>clone</translation>
    </message>
    <message>
        <source>copy</source>
        <translation>copia</translation>
    </message>
    <message>
        <source>new buffer</source>
        <translation>nuovo buffer</translation>
    </message>
    <message>
        <source>free</source>
        <translation>libera</translation>
    </message>
    <message>
        <source>raise </source>
        <translation>raise </translation>
    </message>
    <message>
        <source>sleeps</source>
        <translation>dorme</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source>drop: </source>
        <translation>scarto: </translation>
    </message>
    <message>
        <source>drop</source>
        <translation>scarto</translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <source>No trace is open: there is nothing to save.</source>
        <translation>Nessuna traccia è aperta: non c&apos;è nulla da salvare.</translation>
    </message>
</context>
<context>
    <name>Fields</name>
    <message>
        <source>to</source>
        <translation>a</translation>
    </message>
    <message>
        <source>from</source>
        <translation>da</translation>
    </message>
    <message>
        <source>type</source>
        <translation>tipo</translation>
    </message>
    <message>
        <source>version</source>
        <translation>versione</translation>
    </message>
    <message>
        <source>length</source>
        <translation>lunghezza</translation>
    </message>
    <message>
        <source>protocol</source>
        <translation>protocollo</translation>
    </message>
    <message>
        <source>sender</source>
        <translation>mittente</translation>
    </message>
    <message>
        <source>sender mac</source>
        <translation>MAC del mittente</translation>
    </message>
    <message>
        <source>target</source>
        <translation>destinatario</translation>
    </message>
    <message>
        <source>target mac</source>
        <translation>MAC del destinatario</translation>
    </message>
    <message>
        <source>code</source>
        <translation>codice</translation>
    </message>
    <message>
        <source>operation</source>
        <translation>operazione</translation>
    </message>
</context>
<context>
    <name>FileChooser</name>
    <message>
        <source>Tab completes · Alt+Up: folder above · Esc closes</source>
        <translation>Tab completa · Alt+Su: cartella superiore · Esc chiude</translation>
    </message>
    <message>
        <source>Path of a file</source>
        <translation>Percorso di un file</translation>
    </message>
    <message>
        <source>A new file.</source>
        <translation>Un file nuovo.</translation>
    </message>
    <message>
        <source>Folders and files</source>
        <translation>Cartelle e file</translation>
    </message>
    <message>
        <source>Enter saves. A file that is there already is replaced only after a question.</source>
        <translation>Invio salva. Un file che esiste già viene sostituito solo dopo una domanda.</translation>
    </message>
    <message>
        <source>Traces are .skbt or .tree; FILE.skbt:kernel is one side of it. A scenario (.yaml) is run.</source>
        <translation>Le tracce sono .skbt o .tree; FILE.skbt:kernel ne è un solo lato. Uno scenario (.yaml) viene eseguito.</translation>
    </message>
    <message>
        <source>Save this trace as</source>
        <translation>Salva questa traccia come</translation>
    </message>
    <message>
        <source>Open a trace or a scenario</source>
        <translation>Apri una traccia o uno scenario</translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <source>No other trace is open: Ctrl+Shift+O opens one.</source>
        <translation>Nessun&apos;altra traccia è aperta: Ctrl+Shift+O ne apre una.</translation>
    </message>
    <message>
        <source>No trace file was opened or saved yet.</source>
        <translation>Non è ancora stato aperto o salvato alcun file di traccia.</translation>
    </message>
    <message>
        <source>This is the only open trace.</source>
        <translation>È l&apos;unica traccia aperta.</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>Still busy with another file: a moment.</source>
        <translation>Ancora al lavoro su un altro file: un momento.</translation>
    </message>
    <message>
        <source>This trace is cut short: </source>
        <translation>Questa traccia è troncata: </translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>This trace holds no call: there is nothing to save.</source>
        <translation>Questa traccia non contiene chiamate: non c&apos;è nulla da salvare.</translation>
    </message>
    <message>
        <source>**%1** is there already. Replace it?</source>
        <translation>**%1** esiste già. Sostituirlo?</translation>
    </message>
    <message>
        <source>Replace it</source>
        <translation>Sostituisci</translation>
    </message>
    <message>
        <source>Keep the old file</source>
        <translation>Tieni il file vecchio</translation>
    </message>
    <message>
        <source>Not saved. </source>
        <translation>Non salvata. </translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Salvata come %1.</translation>
    </message>
    <message>
        <source>Saved what there was as %1. More has come since.</source>
        <translation>Salvato come %1 ciò che c&apos;era. Intanto è arrivato altro.</translation>
    </message>
    <message>
        <source>Open traces</source>
        <translation>Tracce aperte</translation>
    </message>
    <message>
        <source>Type a part of a trace&apos;s name</source>
        <translation>Scrivi una parte del nome di una traccia</translation>
    </message>
    <message>
        <source>Recent files</source>
        <translation>File recenti</translation>
    </message>
    <message>
        <source>Type a part of a file&apos;s name</source>
        <translation>Scrivi una parte del nome di un file</translation>
    </message>
    <message>
        <source>not there any more: </source>
        <translation>non c&apos;è più: </translation>
    </message>
</context>
<context>
    <name>FileDeskClosing</name>
    <message>
        <source>**%1** (%2) is not saved</source>
        <translation>**%1** (%2) non è salvata</translation>
    </message>
    <message>
        <source>, nor </source>
        <translation>, e neanche </translation>
    </message>
    <message>
        <source>other trace</source>
        <translation>altra traccia</translation>
    </message>
    <message>
        <source>other traces</source>
        <translation>altre tracce</translation>
    </message>
    <message>
        <source>. It cannot be had again.</source>
        <translation>. Non si può riavere.</translation>
    </message>
    <message>
        <source>Save as ...</source>
        <translation>Salva come ...</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Chiudi senza salvare</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Resta</translation>
    </message>
    <message>
        <source>**%1** is not saved. It cannot be had again.</source>
        <translation>**%1** non è salvata. Non si può riavere.</translation>
    </message>
    <message>
        <source>Keep it open</source>
        <translation>Tienila aperta</translation>
    </message>
    <message>
        <source>This is the only open trace.</source>
        <translation>È l&apos;unica traccia aperta.</translation>
    </message>
</context>
<context>
    <name>FileDeskCompare</name>
    <message>
        <source>Only one side is open: open another trace to compare it with.</source>
        <translation>È aperto un lato solo: apri un&apos;altra traccia con cui confrontarlo.</translation>
    </message>
    <message>
        <source>Type a part of a trace&apos;s name</source>
        <translation>Scrivi una parte del nome di una traccia</translation>
    </message>
    <message>
        <source>Compare: choose A</source>
        <translation>Confronta: scegli A</translation>
    </message>
    <message>
        <source>Compare %1 with: choose B</source>
        <translation>Confronta %1 con: scegli B</translation>
    </message>
    <message>
        <source>%1 against %2</source>
        <translation>%1 con %2</translation>
    </message>
    <message>
        <source>Compare which sides?</source>
        <translation>Quali lati confrontare?</translation>
    </message>
    <message>
        <source>Type model or kernel</source>
        <translation>Scrivi modello o kernel</translation>
    </message>
    <message>
        <source>Only files on this machine can be dropped here</source>
        <translation>Qui si possono rilasciare solo file di questa macchina</translation>
    </message>
    <message>
        <source>Drop to run the scenario %1</source>
        <translation>Rilascia per eseguire lo scenario %1</translation>
    </message>
    <message>
        <source>This window runs no scenarios: skbscope run %1</source>
        <translation>Questa finestra non esegue scenari: skbscope run %1</translation>
    </message>
    <message>
        <source>%1 is no trace (.skbt, .tree) and no scenario (.yaml)</source>
        <translation>%1 non è una traccia (.skbt, .tree) né uno scenario (.yaml)</translation>
    </message>
    <message>
        <source>Drop to open %1</source>
        <translation>Rilascia per aprire %1</translation>
    </message>
    <message>
        <source>Drop to compare %1 with %2</source>
        <translation>Rilascia per confrontare %1 con %2</translation>
    </message>
    <message>
        <source>Drop to open %1 traces</source>
        <translation>Rilascia per aprire %1 tracce</translation>
    </message>
</context>
<context>
    <name>FilterBox</name>
    <message>
        <source>Filter: %1</source>
        <translation>Filtro: %1</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Togli</translation>
    </message>
</context>
<context>
    <name>FilterCommands</name>
    <message>
        <source>There is no filter: / sets one.</source>
        <translation>Non c&apos;è alcun filtro: / ne mette uno.</translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>This call has no packet.</source>
        <translation>Questa chiamata non ha un pacchetto.</translation>
    </message>
</context>
<context>
    <name>FilterModel</name>
    <message>
        <source>function, tcp_*, #packet, address:port, a &gt; b, or any words</source>
        <translation>funzione, tcp_*, #pacchetto, indirizzo:porta, a &gt; b, o parole qualsiasi</translation>
    </message>
    <message>
        <source>%1 %2 so far; %3 % of the texts searched</source>
        <translation>%1 %2 finora; cercato nel %3 % dei testi</translation>
    </message>
    <message>
        <source>waits for the first call</source>
        <translation>in attesa della prima chiamata</translation>
    </message>
    <message>
        <source>nothing fits: no function, packet, flow or text like this. Esc shows all %1 calls</source>
        <translation>nulla corrisponde: nessuna funzione, pacchetto, flusso o testo così. Esc mostra tutte le %1 chiamate</translation>
    </message>
    <message>
        <source>%1 %2 of %3, %4 not shown</source>
        <translation>%1 %2 su %3, %4 non mostrate</translation>
    </message>
    <message>
        <source>; the current call is none of them</source>
        <translation>; la chiamata corrente non è fra queste</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in the calls</source>
        <translation>Trova nelle chiamate</translation>
    </message>
    <message>
        <source>Find: %1</source>
        <translation>Trova: %1</translation>
    </message>
</context>
<context>
    <name>FindModel</name>
    <message>
        <source>function, #packet, address:port or text</source>
        <translation>funzione, #pacchetto, indirizzo:porta o testo</translation>
    </message>
    <message>
        <source>%1 %2 so far; %3 % of the texts searched</source>
        <translation>%1 %2 finora; cercato nel %3 % dei testi</translation>
    </message>
    <message>
        <source>nothing here: no function, packet, flow or text like this</source>
        <translation>nulla: nessuna funzione, pacchetto, flusso o testo così</translation>
    </message>
    <message>
        <source>%1 of %2 %3</source>
        <translation>%1 di %2 %3</translation>
    </message>
    <message>
        <source>, from the other end</source>
        <translation>, dall&apos;altro capo</translation>
    </message>
</context>
<context>
    <name>FindOrRun</name>
    <message>
        <source>call %1</source>
        <translation>chiamata %1</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>Trova o esegui</translation>
    </message>
    <message>
        <source>A command, a function, or what happened: push</source>
        <translation>Un comando, una funzione, o ciò che è successo: push</translation>
    </message>
</context>
<context>
    <name>FolderModel</name>
    <message>
        <source>There is no such folder.</source>
        <translation>Questa cartella non esiste.</translation>
    </message>
    <message>
        <source> or .</source>
        <translation> o .</translation>
    </message>
    <message>
        <source>No folder and no .%1 file here.</source>
        <translation>Qui non c&apos;è alcuna cartella né alcun file .%1.</translation>
    </message>
    <message>
        <source>No folder and no .%1 file here begins so.</source>
        <translation>Qui nessuna cartella e nessun file .%1 comincia così.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>cartella</translation>
    </message>
</context>
<context>
    <name>FormBox</name>
    <message>
        <source>Start</source>
        <translation>Avvia</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Chiudi</translation>
    </message>
</context>
<context>
    <name>Found</name>
    <message>
        <source>call with packet %1</source>
        <translation>chiamata con il pacchetto %1</translation>
    </message>
    <message>
        <source>calls with packet %1</source>
        <translation>chiamate con il pacchetto %1</translation>
    </message>
    <message>
        <source>call of this flow</source>
        <translation>chiamata di questo flusso</translation>
    </message>
    <message>
        <source>calls of this flow</source>
        <translation>chiamate di questo flusso</translation>
    </message>
    <message>
        <source>call with this text</source>
        <translation>chiamata con questo testo</translation>
    </message>
    <message>
        <source>calls with this text</source>
        <translation>chiamate con questo testo</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
</context>
<context>
    <name>FunctionCard</name>
    <message>
        <source>Kernel&apos;s time</source>
        <translation>Tempo del kernel</translation>
    </message>
    <message>
        <source>Model&apos;s cost</source>
        <translation>Costo del modello</translation>
    </message>
    <message>
        <source>called by `%1`</source>
        <translation>chiamata da `%1`</translation>
    </message>
</context>
<context>
    <name>FunctionModel</name>
    <message>
        <source>And %1 in this step.</source>
        <translation>E in questo passo %1.</translation>
    </message>
    <message>
        <source>change more</source>
        <translation>altro cambiamento</translation>
    </message>
    <message>
        <source>changes more</source>
        <translation>altri cambiamenti</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Che cosa fa</translation>
    </message>
    <message>
        <source>Why here</source>
        <translation>Perché qui</translation>
    </message>
    <message>
        <source>Context and locks</source>
        <translation>Contesto e lock</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>Che cosa segue</translation>
    </message>
    <message>
        <source>%1 on CPU %2</source>
        <translation>%1 sulla CPU %2</translation>
    </message>
    <message>
        <source>, host </source>
        <translation>, host </translation>
    </message>
    <message>
        <source>, on the stack of </source>
        <translation>, sullo stack di </translation>
    </message>
    <message>
        <source>, tracing included</source>
        <translation>, tracciamento compreso</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>non misurato</translation>
    </message>
    <message>
        <source>the model makes no such call</source>
        <translation>il modello non fa questa chiamata</translation>
    </message>
    <message>
        <source>no cost: the model&apos;s clock stands still</source>
        <translation>nessun costo: l&apos;orologio del modello è fermo</translation>
    </message>
    <message>
        <source>; %1: %2 and %3</source>
        <translation>; %1: %2 e %3</translation>
    </message>
    <message>
        <source>, unexplained</source>
        <translation>, senza spiegazione</translation>
    </message>
    <message>
        <source>What changed</source>
        <translation>Che cosa è cambiato</translation>
    </message>
    <message>
        <source>Runs now</source>
        <translation>In esecuzione</translation>
    </message>
    <message>
        <source>Model and kernel</source>
        <translation>Modello e kernel</translation>
    </message>
    <message>
        <source>Known from</source>
        <translation>Noto da</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>Restituisce</translation>
    </message>
    <message>
        <source>%1 shows no such call</source>
        <translation>%1: nessuna chiamata simile</translation>
    </message>
    <message>
        <source>First and changed run</source>
        <translation>Prima esecuzione e modificata</translation>
    </message>
    <message>
        <source>A and B</source>
        <translation>A e B</translation>
    </message>
    <message>
        <source>The kernel&apos;s stack at a later moment: this call is inferred, nothing was read when it ran.</source>
        <translation>Lo stack del kernel in un momento successivo: questa chiamata è dedotta, nulla è stato letto mentre girava.</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <source>Predict: %1</source>
        <translation>Previsione: %1</translation>
    </message>
    <message>
        <source>Enter answers and plays, R tries again, Q asks another question, Escape skips</source>
        <translation>Invio risponde ed esegue, R riprova, Q pone un&apos;altra domanda, Escape salta</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Esc: skip</source>
        <translation>Esc: salta</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Rispondi</translation>
    </message>
    <message>
        <source>Play this step</source>
        <translation>Esegui questo passo</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Riprova</translation>
    </message>
    <message>
        <source>Another question (%1 of %2)</source>
        <translation>Un&apos;altra domanda (%1 di %2)</translation>
    </message>
    <message>
        <source>Marked from the trace. Nothing is scored.</source>
        <translation>Corretto in base alla traccia. Non si danno punti.</translation>
    </message>
    <message>
        <source>Left, Right: pointer. Up, Down: distance.</source>
        <translation>Sinistra, Destra: puntatore. Su, Giù: distanza.</translation>
    </message>
    <message>
        <source>Choose by number or with Up and Down.</source>
        <translation>Scegli con un numero o con Su e Giù.</translation>
    </message>
    <message>
        <source>%1 goes on. </source>
        <translation>%1 prosegue. </translation>
    </message>
    <message>
        <source>Next is %1. </source>
        <translation>Segue %1. </translation>
    </message>
    <message>
        <source>This trace offers nothing else to choose from here.</source>
        <translation>Qui la traccia non offre altro fra cui scegliere.</translation>
    </message>
    <message>
        <source>This is the last step: nothing is left to predict.</source>
        <translation>È l&apos;ultimo passo: non resta nulla da prevedere.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Invio</translation>
    </message>
</context>
<context>
    <name>GateAnswers</name>
    <message>
        <source>Answers</source>
        <translation>Risposte</translation>
    </message>
    <message>
        <source>, the trace&apos;s answer</source>
        <translation>, la risposta della traccia</translation>
    </message>
    <message>
        <source>, your guess, wrong</source>
        <translation>, la tua previsione, sbagliata</translation>
    </message>
    <message>
        <source>✓ you and the trace</source>
        <translation>✓ tu e la traccia</translation>
    </message>
    <message>
        <source>✓ trace</source>
        <translation>✓ traccia</translation>
    </message>
    <message>
        <source>✗ you</source>
        <translation>✗ tu</translation>
    </message>
</context>
<context>
    <name>GateCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
</context>
<context>
    <name>GateEnd</name>
    <message>
        <source>no socket has this port</source>
        <translation>nessun socket ha questa porta</translation>
    </message>
    <message>
        <source>the UDP checksum is wrong</source>
        <translation>il checksum UDP è sbagliato</translation>
    </message>
    <message>
        <source>the socket&apos;s filter refuses it</source>
        <translation>il filtro del socket lo rifiuta</translation>
    </message>
    <message>
        <source>the receive buffer is full</source>
        <translation>il buffer di ricezione è pieno</translation>
    </message>
    <message>
        <source>the IPv4 header&apos;s checksum is wrong</source>
        <translation>il checksum dell&apos;intestazione IPv4 è sbagliato</translation>
    </message>
    <message>
        <source>the IPv4 header is broken</source>
        <translation>l&apos;intestazione IPv4 è malformata</translation>
    </message>
    <message>
        <source>a netfilter hook refuses it</source>
        <translation>un hook di netfilter lo rifiuta</translation>
    </message>
    <message>
        <source>it is for another host</source>
        <translation>è per un altro host</translation>
    </message>
    <message>
        <source>nobody answers for the next hop</source>
        <translation>nessuno risponde per il prossimo hop</translation>
    </message>
    <message>
        <source>too many wait for the next hop&apos;s address</source>
        <translation>troppi aspettano l&apos;indirizzo del prossimo hop</translation>
    </message>
    <message>
        <source>the qdisc gives it up</source>
        <translation>la qdisc vi rinuncia</translation>
    </message>
    <message>
        <source>the CPU&apos;s backlog is full</source>
        <translation>il backlog della CPU è pieno</translation>
    </message>
    <message>
        <source>There is no packet in hand: nothing to lose.</source>
        <translation>Non c&apos;è un pacchetto in mano: nulla da perdere.</translation>
    </message>
    <message>
        <source>The trace does not hold the end of packet %1 after this.</source>
        <translation>Dopo questo punto la traccia non contiene la fine del pacchetto %1.</translation>
    </message>
    <message>
        <source>dropped: </source>
        <translation>scartato: </translation>
    </message>
    <message>
        <source>not dropped: it does its work and is consumed</source>
        <translation>non scartato: fa il suo lavoro e viene consumato</translation>
    </message>
    <message>
        <source>not dropped: it is merged into another packet</source>
        <translation>non scartato: viene unito a un altro pacchetto</translation>
    </message>
    <message>
        <source>This step shows it already.</source>
        <translation>Questo passo lo mostra già.</translation>
    </message>
    <message>
        <source>Packet %1 is in `%2`. How does it end?</source>
        <translation>Il pacchetto %1 è in `%2`. Come finisce?</translation>
    </message>
    <message>
        <source>it is not dropped</source>
        <translation>non viene scartato</translation>
    </message>
    <message>
        <source>it is dropped, and in this layer</source>
        <translation>viene scartato, e in questo livello</translation>
    </message>
    <message>
        <source>it is dropped</source>
        <translation>viene scartato</translation>
    </message>
    <message>
        <source>The trace does not tell who frees packet %1.</source>
        <translation>La traccia non dice chi libera il pacchetto %1.</translation>
    </message>
    <message>
        <source>Packet %1 is in `%2`. Which function frees it?</source>
        <translation>Il pacchetto %1 è in `%2`. Quale funzione lo libera?</translation>
    </message>
    <message>
        <source> It is done for %1.</source>
        <translation> Lo si fa per conto di %1.</translation>
    </message>
    <message>
        <source>it has a packet in hand, and passes it on, or frees another one</source>
        <translation>ha in mano un pacchetto, e lo passa avanti, o ne libera un altro</translation>
    </message>
</context>
<context>
    <name>GateFunction</name>
    <message>
        <source>process context</source>
        <translation>contesto di processo</translation>
    </message>
    <message>
        <source>it does come, but later: call %1</source>
        <translation>arriva, ma più tardi: chiamata %1</translation>
    </message>
    <message>
        <source>it ran before, at call %1</source>
        <translation>è già passata, alla chiamata %1</translation>
    </message>
    <message>
        <source>; the layer is right</source>
        <translation>; il livello è giusto</translation>
    </message>
    <message>
        <source>%1 on CPU %2</source>
        <translation>%1 sulla CPU %2</translation>
    </message>
    <message>
        <source>, task %1</source>
        <translation>, task %1</translation>
    </message>
    <message>
        <source>No call is entered next: ask what happens instead.</source>
        <translation>Ora non comincia alcuna chiamata: chiedi piuttosto che cosa succede.</translation>
    </message>
    <message>
        <source>`%1` is running. Which function is entered next?</source>
        <translation>`%1` è in esecuzione. In quale funzione si entra ora?</translation>
    </message>
    <message>
        <source>%1 is entered: a new call from outside.</source>
        <translation>Si entra in %1: una nuova chiamata dall&apos;esterno.</translation>
    </message>
    <message>
        <source>%1 is called by %2.</source>
        <translation>%1 viene chiamata da %2.</translation>
    </message>
    <message>
        <source>What comes next runs where this runs.</source>
        <translation>Ciò che segue gira dove gira questa.</translation>
    </message>
    <message>
        <source>`%1` runs in %2. Who runs what comes next?</source>
        <translation>`%1` gira in %2. Chi esegue ciò che segue?</translation>
    </message>
    <message>
        <source>%1 runs in **%2**.</source>
        <translation>%1 gira in **%2**.</translation>
    </message>
    <message>
        <source>no: it changes here</source>
        <translation>no: qui cambia</translation>
    </message>
    <message>
        <source>the CPU is right</source>
        <translation>la CPU è giusta</translation>
    </message>
</context>
<context>
    <name>GateModel</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>Nothing can be asked here: the trace offers no second answer.</source>
        <translation>Qui non si può chiedere nulla: la traccia non offre una seconda risposta.</translation>
    </message>
    <message>
        <source>right</source>
        <translation>giusto</translation>
    </message>
    <message>
        <source>not this one</source>
        <translation>non questa</translation>
    </message>
    <message>
        <source>Trace, call %1</source>
        <translation>Traccia, chiamata %1</translation>
    </message>
    <message>
        <source>marked by the %1</source>
        <translation>corretto con il lato %1</translation>
    </message>
</context>
<context>
    <name>GatePointer</name>
    <message>
        <source>right distance, but %1 moves with it</source>
        <translation>distanza giusta, ma %1 si sposta insieme</translation>
    </message>
    <message>
        <source>right distance, but %1 stays</source>
        <translation>distanza giusta, ma %1 resta fermo</translation>
    </message>
    <message>
        <source>%1 moves, but by another distance, and %2 moves with it</source>
        <translation>%1 si sposta, ma di un&apos;altra distanza, e %2 insieme</translation>
    </message>
    <message>
        <source>%1 moves, but by another distance, and %2 stays</source>
        <translation>%1 si sposta, ma di un&apos;altra distanza, e %2 resta fermo</translation>
    </message>
    <message>
        <source>No pointer moves next, and no call is entered with the packet.</source>
        <translation>Ora nessun puntatore si sposta, e non comincia alcuna chiamata con il pacchetto.</translation>
    </message>
    <message>
        <source>Which pointer moves, and by how much?</source>
        <translation>Quale puntatore si sposta, e di quanto?</translation>
    </message>
    <message>
        <source>%1 moves none: data stays at **%2**, len at **%3**.</source>
        <translation>%1 non ne sposta: data resta a **%2**, len a **%3**.</translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>no pointer moves</source>
        <translation>nessun puntatore si sposta</translation>
    </message>
    <message>
        <source>nothing moves yet</source>
        <translation>ancora nulla si sposta</translation>
    </message>
    <message>
        <source>one does move</source>
        <translation>uno si sposta</translation>
    </message>
    <message>
        <source>right pointer, right distance, other way</source>
        <translation>puntatore giusto, distanza giusta, verso opposto</translation>
    </message>
    <message>
        <source>right pointer, other way</source>
        <translation>puntatore giusto, verso opposto</translation>
    </message>
    <message>
        <source>right pointer, %1 short</source>
        <translation>puntatore giusto, %1 in meno</translation>
    </message>
    <message>
        <source>right pointer, %1 too far</source>
        <translation>puntatore giusto, %1 di troppo</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>right distance, another pointer</source>
        <translation>distanza giusta, altro puntatore</translation>
    </message>
    <message>
        <source>right distance only</source>
        <translation>giusta solo la distanza</translation>
    </message>
    <message>
        <source>a pointer moves, but not this one</source>
        <translation>un puntatore si sposta, ma non questo</translation>
    </message>
    <message>
        <source>What comes next moves no pointer by a distance that the trace tells.</source>
        <translation>Ciò che segue non sposta un puntatore di una distanza che la traccia dica.</translation>
    </message>
</context>
<context>
    <name>GatePointers</name>
    <message>
        <source>sk_buff before the step</source>
        <translation>lo sk_buff prima del passo</translation>
    </message>
    <message>
        <source>Your answer</source>
        <translation>La tua risposta</translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>none</source>
        <translation>nessuno</translation>
    </message>
    <message>
        <source>moves by</source>
        <translation>si sposta di</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1 byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>Drag it on the map, type, or use the arrows.</source>
        <translation>Trascinalo sulla mappa, scrivi, o usa le frecce.</translation>
    </message>
</context>
<context>
    <name>GateQueue</name>
    <message>
        <source>it gets there later</source>
        <translation>ci arriva più tardi</translation>
    </message>
    <message>
        <source>another packet uses it later</source>
        <translation>la usa più tardi un altro pacchetto</translation>
    </message>
    <message>
        <source>it was used before</source>
        <translation>è stata usata prima</translation>
    </message>
    <message>
        <source>No queue is worked on next.</source>
        <translation>Ora non si lavora su alcuna coda.</translation>
    </message>
    <message>
        <source>Which queue does packet %1 join next?</source>
        <translation>In quale coda entra ora il pacchetto %1?</translation>
    </message>
    <message>
        <source>Which queue does packet %1 leave next?</source>
        <translation>Da quale coda esce ora il pacchetto %1?</translation>
    </message>
    <message>
        <source>none: it is handed straight on</source>
        <translation>nessuna: viene passato direttamente avanti</translation>
    </message>
    <message>
        <source>a queue is used here</source>
        <translation>qui si usa una coda</translation>
    </message>
    <message>
        <source>what has arrived for this CPU, its backlog</source>
        <translation>ciò che è arrivato per questa CPU, il suo backlog</translation>
    </message>
    <message>
        <source>what this CPU took from its backlog to work off</source>
        <translation>ciò che questa CPU ha preso dal backlog per lavorarlo</translation>
    </message>
    <message>
        <source>what waits at the socket</source>
        <translation>ciò che attende presso il socket</translation>
    </message>
    <message>
        <source>what the reader took from the socket</source>
        <translation>ciò che il lettore ha preso dal socket</translation>
    </message>
    <message>
        <source>what the socket is still building</source>
        <translation>ciò che il socket sta ancora costruendo</translation>
    </message>
    <message>
        <source>messages to the socket</source>
        <translation>i messaggi per il socket</translation>
    </message>
</context>
<context>
    <name>GateScene</name>
    <message>
        <source>, passed</source>
        <translation>, letta</translation>
    </message>
    <message>
        <source>you: nothing moves</source>
        <translation>tu: nulla si sposta</translation>
    </message>
    <message>
        <source>you: %1%2</source>
        <translation>tu: %1%2</translation>
    </message>
    <message>
        <source>trace: </source>
        <translation>traccia: </translation>
    </message>
</context>
<context>
    <name>GateVerdict</name>
    <message>
        <source>Right.</source>
        <translation>Giusto.</translation>
    </message>
    <message>
        <source>Not right: %1.</source>
        <translation>Non è giusto: %1.</translation>
    </message>
    <message>
        <source>The trace: %1.</source>
        <translation>La traccia: %1.</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Tu</translation>
    </message>
</context>
<context>
    <name>Groups</name>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Esecuzione</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>Punti di arresto</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Misura</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Confronto</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Look around</source>
        <translation>Guardarsi intorno</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Scenario</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Vista</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Aiuto</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Dal vivo</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Mappa</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>E se</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lezione</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Presentazione</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Esportazione</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Linea del tempo</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>%1 more commands without a key are in the palette, Ctrl+K · any key closes this list</source>
        <translation>altri %1 comandi senza tasto sono nella tavolozza, Ctrl+K · un tasto qualsiasi chiude</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Language</source>
        <translation>Lingua</translation>
    </message>
    <message>
        <source>Type a language</source>
        <translation>Scrivi una lingua</translation>
    </message>
    <message>
        <source>now</source>
        <translation>ora</translation>
    </message>
    <message>
        <source>The system&apos;s</source>
        <translation>Quella del sistema</translation>
    </message>
    <message>
        <source>English</source>
        <comment>detail</comment>
        <translation>Inglese</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>Italiano</translation>
    </message>
</context>
<context>
    <name>LastChange</name>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>before</source>
        <translation>prima</translation>
    </message>
    <message>
        <source>after</source>
        <translation>dopo</translation>
    </message>
    <message>
        <source>byte %1</source>
        <translation>byte %1</translation>
    </message>
    <message>
        <source>bytes %1 to %2</source>
        <translation>byte da %1 a %2</translation>
    </message>
    <message>
        <source> length</source>
        <translation> lunghezza</translation>
    </message>
    <message>
        <source>was reached first in </source>
        <translation>raggiunto per la prima volta in </translation>
    </message>
    <message>
        <source>so since the sk_buff is seen: </source>
        <translation>così da quando si vede lo sk_buff: </translation>
    </message>
    <message>
        <source>by </source>
        <translation>da </translation>
    </message>
    <message>
        <source>at the entry of </source>
        <translation>all&apos;ingresso di </translation>
    </message>
    <message>
        <source>changed last by </source>
        <translation>cambiato per ultimo da </translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>changed last before </source>
        <translation>cambiato per ultimo prima che </translation>
    </message>
    <message>
        <source> was entered, where it is first seen</source>
        <translation> cominciasse, dove si vede per la prima volta</translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>Point at a field of the sk_buff, at bytes or at a queue first.</source>
        <translation>Indica prima un campo dello sk_buff, dei byte o una coda.</translation>
    </message>
    <message>
        <source>Nobody has changed %1 up to here.</source>
        <translation>Fin qui nessuno ha cambiato %1.</translation>
    </message>
    <message>
        <source>There is no sk_buff here yet, so nobody has changed %1.</source>
        <translation>Qui non c&apos;è ancora un sk_buff, quindi nessuno ha cambiato %1.</translation>
    </message>
</context>
<context>
    <name>LayerScene</name>
    <message>
        <source>of another layer, called from here</source>
        <translation>di un altro livello, chiamata da qui</translation>
    </message>
    <message>
        <source>no packet is involved here</source>
        <translation>qui non c&apos;entra alcun pacchetto</translation>
    </message>
    <message>
        <source> of host </source>
        <translation> dell&apos;host </translation>
    </message>
    <message>
        <source>   from </source>
        <translation>   da </translation>
    </message>
    <message>
        <source>   on to </source>
        <translation>   verso </translation>
    </message>
    <message>
        <source>%1 more calls: %2 before, %3 after</source>
        <translation>altre %1 chiamate: %2 prima, %3 dopo</translation>
    </message>
</context>
<context>
    <name>LessonList</name>
    <message>
        <source>Lessons</source>
        <translation>Lezioni</translation>
    </message>
    <message>
        <source>Each goes through a real trace, step by step, and asks before it shows.</source>
        <translation>Ognuna attraversa una traccia reale, passo per passo, e chiede prima di mostrare.</translation>
    </message>
    <message>
        <source>Enter opens · Esc closes</source>
        <translation>Invio apre · Esc chiude</translation>
    </message>
    <message>
        <source>Cannot be opened: %1</source>
        <translation>Non si può aprire: %1</translation>
    </message>
    <message>
        <source>left at %1 of %2</source>
        <translation>lasciata a %1 di %2</translation>
    </message>
    <message>
        <source>%1 parts</source>
        <translation>%1 parti</translation>
    </message>
</context>
<context>
    <name>LessonModel</name>
    <message>
        <source>%1 cannot run now (%2:%3)</source>
        <translation>%1 ora non si può eseguire (%2:%3)</translation>
    </message>
    <message>
        <source>The question cannot be asked here: </source>
        <translation>Qui la domanda non si può porre: </translation>
    </message>
    <message>
        <source>, call %1 of it</source>
        <translation>, sua chiamata %1</translation>
    </message>
    <message>
        <source>Its words in your language cannot be shown: %1</source>
        <translation>Le sue parole nella tua lingua non si possono mostrare: %1</translation>
    </message>
    <message>
        <source>This lesson is not there in your language: it is shown as it was written.</source>
        <translation>Questa lezione non c&apos;è nella tua lingua: è mostrata come è stata scritta.</translation>
    </message>
</context>
<context>
    <name>LessonOffer</name>
    <message>
        <source>Control L opens them.</source>
        <translation>Control L le apre.</translation>
    </message>
    <message>
        <source>New here? %1 lessons lead through the course.</source>
        <translation>È la prima volta? %1 lezioni guidano attraverso il corso.</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lezioni</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Non ora</translation>
    </message>
</context>
<context>
    <name>LessonPane</name>
    <message>
        <source>Lesson: %1, part %2 of %3</source>
        <translation>Lezione: %1, parte %2 di %3</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>Its trace is being made ...</source>
        <translation>La sua traccia è in preparazione ...</translation>
    </message>
    <message>
        <source>You are elsewhere. **Backspace** leads back to %1.</source>
        <translation>Sei altrove. **Backspace** riporta a %1.</translation>
    </message>
    <message>
        <source>Here: %1</source>
        <translation>Qui: %1</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Domanda</translation>
    </message>
    <message>
        <source>The end</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Avanti</translation>
    </message>
</context>
<context>
    <name>LessonPlace</name>
    <message>
        <source>This trace has no call %1 of %2 with packet %4: there are %3.</source>
        <translation>Questa traccia non ha una chiamata %1 di %2 con il pacchetto %4: ce ne sono %3.</translation>
    </message>
    <message>
        <source>This trace has no call %1 of %2: there are %3.</source>
        <translation>Questa traccia non ha una chiamata %1 di %2: ce ne sono %3.</translation>
    </message>
    <message>
        <source>In call %1 of %2 there is no event %3.</source>
        <translation>Nella chiamata %1 di %2 non c&apos;è alcun evento %3.</translation>
    </message>
</context>
<context>
    <name>LiveBox</name>
    <message>
        <source>Stop</source>
        <translation>Ferma</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Resta</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Segui</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>starting</source>
        <translation>in avvio</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>in chiusura</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>DAL VIVO</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>terminata</translation>
    </message>
    <message>
        <source>broke off</source>
        <translation>interrotta</translation>
    </message>
    <message>
        <source>some</source>
        <translation>alcuni</translation>
    </message>
    <message>
        <source> or more</source>
        <translation> o più</translation>
    </message>
    <message>
        <source>packet</source>
        <translation>pacchetto</translation>
    </message>
    <message>
        <source>packets</source>
        <translation>pacchetti</translation>
    </message>
    <message>
        <source>event</source>
        <translation>evento</translation>
    </message>
    <message>
        <source>events</source>
        <translation>eventi</translation>
    </message>
    <message>
        <source> lost</source>
        <translation> persi</translation>
    </message>
</context>
<context>
    <name>Losses</name>
    <message>
        <source>some</source>
        <translation>alcuni</translation>
    </message>
    <message>
        <source> or more</source>
        <translation> o più</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>Timeline</source>
        <translation>Linea del tempo</translation>
    </message>
    <message>
        <source>When, and what is still to come?</source>
        <translation>Quando, e che cosa deve ancora venire?</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Che cosa è successo</translation>
    </message>
    <message>
        <source>(not saved)</source>
        <translation>(non salvata)</translation>
    </message>
    <message>
        <source>The screen is blank: any key shows it again</source>
        <translation>Lo schermo è vuoto: un tasto qualsiasi lo mostra di nuovo</translation>
    </message>
</context>
<context>
    <name>MapCommands</name>
    <message>
        <source>The map shows all hosts and packets already.</source>
        <translation>La mappa mostra già tutti gli host e i pacchetti.</translation>
    </message>
    <message>
        <source>The map shows one layer: nearer it cannot go.</source>
        <translation>La mappa mostra un solo livello: più vicino non si può.</translation>
    </message>
</context>
<context>
    <name>MapModel</name>
    <message>
        <source>looking through %1 events for hosts, packets and CPUs</source>
        <translation>cerco host, pacchetti e CPU in %1 eventi</translation>
    </message>
    <message>
        <source> NAPI instances</source>
        <translation> istanze NAPI</translation>
    </message>
    <message>
        <source> packets</source>
        <translation> pacchetti</translation>
    </message>
    <message>
        <source> of </source>
        <translation> di </translation>
    </message>
    <message>
        <source>, inferred</source>
        <translation>, dedotta</translation>
    </message>
    <message>
        <source>process </source>
        <translation>processo </translation>
    </message>
    <message>
        <source>softirq </source>
        <translation>softirq </translation>
    </message>
    <message>
        <source>hardirq </source>
        <translation>hardirq </translation>
    </message>
    <message>
        <source> pending</source>
        <translation> in attesa</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>idle</translation>
    </message>
    <message>
        <source>nothing recorded yet</source>
        <translation>ancora nulla registrato</translation>
    </message>
    <message>
        <source>host %1, %2</source>
        <translation>host %1, %2</translation>
    </message>
    <message>
        <source>packet %1, %2 bytes, at %3 of host %4, on its way %5</source>
        <translation>pacchetto %1, %2 byte, a %3 dell&apos;host %4, in cammino %5</translation>
    </message>
    <message>
        <source>down</source>
        <translation>verso il basso</translation>
    </message>
    <message>
        <source>up</source>
        <translation>verso l&apos;alto</translation>
    </message>
    <message>
        <source>, %1 packet %2</source>
        <translation>, %1 pacchetto %2</translation>
    </message>
    <message>
        <source>, now</source>
        <translation>, ora</translation>
    </message>
    <message>
        <source>the map cannot be gathered: %1</source>
        <translation>la mappa non può essere composta: %1</translation>
    </message>
</context>
<context>
    <name>MapRows</name>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>trasporto</translation>
    </message>
    <message>
        <source>IP</source>
        <translation>IP</translation>
    </message>
    <message>
        <source>link</source>
        <translation>collegamento</translation>
    </message>
    <message>
        <source>queues</source>
        <translation>code</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
</context>
<context>
    <name>Marks</name>
    <message>
        <source>match</source>
        <translation>uguale</translation>
    </message>
    <message>
        <source>inlined</source>
        <translation>inline</translation>
    </message>
    <message>
        <source>kernel only</source>
        <translation>solo kernel</translation>
    </message>
    <message>
        <source>model only</source>
        <translation>solo modello</translation>
    </message>
    <message>
        <source>order</source>
        <translation>ordine</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>diverso</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perso</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
</context>
<context>
    <name>Measure</name>
    <message>
        <source>no kernel time: the kernel has no call at %1</source>
        <translation>nessun tempo del kernel: in %1 il kernel non ha chiamate</translation>
    </message>
    <message>
        <source> in the kernel</source>
        <translation> nel kernel</translation>
    </message>
    <message>
        <source> to </source>
        <translation> a </translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source> of both sides</source>
        <translation> di entrambi i lati</translation>
    </message>
    <message>
        <source> back</source>
        <translation> all&apos;indietro</translation>
    </message>
</context>
<context>
    <name>MemoryBar</name>
    <message>
        <source>, passed</source>
        <translation>, letta</translation>
    </message>
    <message>
        <source>, not written</source>
        <translation>, non scritto</translation>
    </message>
    <message>
        <source>_info, %1 B</source>
        <translation>_info, %1 B</translation>
    </message>
    <message>
        <source>%1 segments</source>
        <translation>%1 segmenti</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>da %1</translation>
    </message>
    <message>
        <source>headroom %1</source>
        <translation>headroom %1</translation>
    </message>
    <message>
        <source>tailroom %1</source>
        <translation>tailroom %1</translation>
    </message>
    <message>
        <source>to scale</source>
        <translation>in scala</translation>
    </message>
</context>
<context>
    <name>MemoryCompanions</name>
    <message>
        <source>packet %1 (data %2, len %3)</source>
        <translation>pacchetto %1 (data %2, len %3)</translation>
    </message>
    <message>
        <source>the same buffer also belongs to </source>
        <translation>lo stesso buffer è anche di </translation>
    </message>
    <message>
        <source>%1; their sizes were not recorded</source>
        <translation>%1; le dimensioni non sono state registrate</translation>
    </message>
    <message>
        <source>fragment in a page</source>
        <translation>frammento in una pagina</translation>
    </message>
    <message>
        <source>fragments in pages</source>
        <translation>frammenti in pagine</translation>
    </message>
    <message>
        <source>fragments in pages: %1 bytes</source>
        <translation>frammenti in pagine: %1 byte</translation>
    </message>
    <message>
        <source> (inferred from data_len)</source>
        <translation> (dedotto da data_len)</translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>frag_list: %1 in chained sk_buffs; which ones was not recorded</source>
        <translation>frag_list: %1 in sk_buff concatenati; quali non è stato registrato</translation>
    </message>
    <message>
        <source>packet %1 (%2)</source>
        <translation>pacchetto %1 (%2)</translation>
    </message>
    <message>
        <source>frag_list of %1: %2</source>
        <translation>frag_list di %1: %2</translation>
    </message>
    <message>
        <source>gso_size %1, gso_segs %2: it stands for several packets of the wire</source>
        <translation>gso_size %1, gso_segs %2: vale per più pacchetti sul cavo</translation>
    </message>
    <message>
        <source>GRO has merged %1 into it</source>
        <translation>GRO vi ha unito %1</translation>
    </message>
    <message>
        <source>more frame</source>
        <translation>altro frame</translation>
    </message>
    <message>
        <source>more frames</source>
        <translation>altri frame</translation>
    </message>
    <message>
        <source>; charged to </source>
        <translation>; a carico di </translation>
    </message>
    <message>
        <source>same buffer, dataref %1:</source>
        <translation>stesso buffer, dataref %1:</translation>
    </message>
    <message>
        <source>A clone: a struct of its own on the same bytes</source>
        <translation>Un clone: una struct propria sugli stessi byte</translation>
    </message>
    <message>
        <source>frags[%1] in pages:</source>
        <translation>frags[%1] in pagine:</translation>
    </message>
    <message>
        <source>sizes not recorded</source>
        <translation>dimensioni non registrate</translation>
    </message>
    <message>
        <source>Inferred: data_len grew by so much</source>
        <translation>Dedotto: data_len è cresciuto di tanto</translation>
    </message>
    <message>
        <source>%1 B in chained sk_buffs, which ones was not recorded</source>
        <translation>%1 B in sk_buff concatenati, quali non è stato registrato</translation>
    </message>
    <message>
        <source>held by</source>
        <translation>tenuto da</translation>
    </message>
    <message>
        <source>charged to </source>
        <translation>a carico di </translation>
    </message>
</context>
<context>
    <name>MemoryMapModel</name>
    <message>
        <source>, which drops it: </source>
        <translation>, che lo scarta: </translation>
    </message>
    <message>
        <source>both sides agree</source>
        <translation>i due lati concordano</translation>
    </message>
    <message>
        <source>unexplained</source>
        <translation>senza spiegazione</translation>
    </message>
    <message>
        <source>no sk_buff yet: %1 will make one</source>
        <translation>ancora nessun sk_buff: lo creerà %1</translation>
    </message>
    <message>
        <source>no sk_buff is involved here</source>
        <translation>qui non c&apos;entra alcun sk_buff</translation>
    </message>
    <message>
        <source>packet %1 is being filled in: it has no buffer yet</source>
        <translation>il pacchetto %1 è in preparazione: non ha ancora un buffer</translation>
    </message>
    <message>
        <source>nothing has moved yet</source>
        <translation>nulla si è ancora mosso</translation>
    </message>
    <message>
        <source>data and tail</source>
        <translation>data e tail</translation>
    </message>
    <message>
        <source>moved</source>
        <translation>spostato</translation>
    </message>
    <message>
        <source>call ago</source>
        <translation>chiamata fa</translation>
    </message>
    <message>
        <source>calls ago</source>
        <translation>chiamate fa</translation>
    </message>
    <message>
        <source>free</source>
        <translation>libero</translation>
    </message>
    <message>
        <source>in the packet</source>
        <translation>nel pacchetto</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>superato</translation>
    </message>
    <message>
        <source>room taken, not written</source>
        <translation>spazio preso, non scritto</translation>
    </message>
    <message>
        <source>%1 to %2: %3%4</source>
        <translation>da %1 a %2: %3%4</translation>
    </message>
    <message>
        <source>held by </source>
        <translation>tenuto da </translation>
    </message>
    <message>
        <source>%1 %2, was %3</source>
        <translation>%1 %2, era %3</translation>
    </message>
    <message>
        <source>, seen at the entry of %1</source>
        <translation>, visto all&apos;ingresso di %1</translation>
    </message>
    <message>
        <source>, by %1</source>
        <translation>, da %1</translation>
    </message>
    <message>
        <source>, by %1() in %2</source>
        <translation>, da %1() in %2</translation>
    </message>
</context>
<context>
    <name>MemoryMapScene</name>
    <message>
        <source>freed</source>
        <translation>liberato</translation>
    </message>
    <message>
        <source>: what the memory held last</source>
        <translation>: l&apos;ultimo contenuto della memoria</translation>
    </message>
</context>
<context>
    <name>MoreBelow</name>
    <message>
        <source>more below ▾</source>
        <translation>continua sotto ▾</translation>
    </message>
</context>
<context>
    <name>MoreLine</name>
    <message>
        <source>more below ▾</source>
        <translation>continua sotto ▾</translation>
    </message>
</context>
<context>
    <name>Names</name>
    <message>
        <source>vector %1</source>
        <translation>vettore %1</translation>
    </message>
    <message>
        <source>,</source>
        <comment>between groups of three digits</comment>
        <translation>.</translation>
    </message>
</context>
<context>
    <name>OpenTraces</name>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>A and B</source>
        <translation>A e B</translation>
    </message>
    <message>
        <source>model and kernel</source>
        <translation>modello e kernel</translation>
    </message>
    <message>
        <source>not read yet</source>
        <translation>non ancora letta</translation>
    </message>
    <message>
        <source>a watch</source>
        <translation>un&apos;osservazione</translation>
    </message>
    <message>
        <source>a comparison</source>
        <translation>un confronto</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>non salvata</translation>
    </message>
    <message>
        <source>shown now</source>
        <translation>mostrata ora</translation>
    </message>
</context>
<context>
    <name>Origin</name>
    <message>
        <source>a clone of packet %1</source>
        <translation>un clone del pacchetto %1</translation>
    </message>
    <message>
        <source>a copy of packet %1</source>
        <translation>una copia del pacchetto %1</translation>
    </message>
    <message>
        <source>cut from packet %1</source>
        <translation>tagliato dal pacchetto %1</translation>
    </message>
    <message>
        <source>a fragment of packet %1</source>
        <translation>un frammento del pacchetto %1</translation>
    </message>
    <message>
        <source>put together here, by IP,</source>
        <translation>ricomposto qui, da IP,</translation>
    </message>
    <message>
        <source>of packets %1</source>
        <translation>dai pacchetti %1</translation>
    </message>
    <message>
        <source>made in %1</source>
        <translation>fatto in %1</translation>
    </message>
    <message>
        <source>came in from outside;</source>
        <translation>arrivato da fuori;</translation>
    </message>
    <message>
        <source>%1 built it</source>
        <translation>lo ha costruito %1</translation>
    </message>
    <message>
        <source>of itself and packets %1</source>
        <translation>da sé stesso e dai pacchetti %1</translation>
    </message>
</context>
<context>
    <name>Overview</name>
    <message>
        <source>clone of</source>
        <translation>clone di</translation>
    </message>
    <message>
        <source>copy of</source>
        <translation>copia di</translation>
    </message>
    <message>
        <source>segment of</source>
        <translation>segmento di</translation>
    </message>
    <message>
        <source>fragment of</source>
        <translation>frammento di</translation>
    </message>
    <message>
        <source>from</source>
        <translation>da</translation>
    </message>
</context>
<context>
    <name>OverviewScene</name>
    <message>
        <source>idle, or nothing that is traced</source>
        <translation>inattiva, o nulla di tracciato</translation>
    </message>
    <message>
        <source>, interrupted by </source>
        <translation>, interrotto da </translation>
    </message>
    <message>
        <source>host </source>
        <translation>host </translation>
    </message>
    <message>
        <source>packet %1, %2 bytes</source>
        <translation>pacchetto %1, %2 byte</translation>
    </message>
    <message>
        <source> pending</source>
        <translation> in attesa</translation>
    </message>
    <message>
        <source>nothing was recorded on this CPU yet</source>
        <translation>su questa CPU non è ancora stato registrato nulla</translation>
    </message>
    <message>
        <source>no hand-over recorded yet</source>
        <translation>ancora nessun passaggio registrato</translation>
    </message>
    <message>
        <source>hand-over now: </source>
        <translation>passaggio ora: </translation>
    </message>
    <message>
        <source>last hand-over: </source>
        <translation>ultimo passaggio: </translation>
    </message>
    <message>
        <source> and %1 more</source>
        <translation> e altri %1</translation>
    </message>
    <message>
        <source>CPU %1 </source>
        <translation>CPU %1 </translation>
    </message>
    <message>
        <source> in </source>
        <translation> in </translation>
    </message>
    <message>
        <source>no packet was seen on a host</source>
        <translation>nessun pacchetto è stato visto su un host</translation>
    </message>
</context>
<context>
    <name>PacketLog</name>
    <message>
        <source> of %1 in it</source>
        <translation> di %1 dentro</translation>
    </message>
    <message>
        <source> in it</source>
        <translation> dentro</translation>
    </message>
    <message>
        <source>; seen last in </source>
        <translation>; visto per ultimo in </translation>
    </message>
    <message>
        <source>socket %1:%2</source>
        <translation>socket %1:%2</translation>
    </message>
    <message>
        <source>nobody: it was freed, </source>
        <translation>nessuno: è stato liberato, </translation>
    </message>
    <message>
        <source>consumed</source>
        <translation>consumato</translation>
    </message>
    <message>
        <source>packet %1, into which it was merged</source>
        <translation>pacchetto %1, in cui è stato unito</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>non registrato</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>the page would have %1 bytes, more than %2; choose a part of the trace with --from and --until</source>
        <translation>la pagina avrebbe %1 byte, più di %2; scegli una parte della traccia con --from e --until</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>Chiaro o scuro</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Calls a second</source>
        <translation>Chiamate al secondo</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Passo</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>host, device</source>
        <translation>host, dispositivo</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Where are we, and do model and kernel agree?</source>
        <translation>Dove siamo? I due lati concordano?</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Livello</translation>
    </message>
    <message>
        <source>Model, C++</source>
        <translation>Modello, C++</translation>
    </message>
    <message>
        <source>Mark</source>
        <translation>Segno</translation>
    </message>
    <message>
        <source>What changed, and why?</source>
        <translation>Che cosa è cambiato, e perché?</translation>
    </message>
    <message>
        <source>Both call trees</source>
        <translation>I due alberi delle chiamate</translation>
    </message>
    <message>
        <source>Stack, sk_buff, bytes</source>
        <translation>Pila, sk_buff, byte</translation>
    </message>
    <message>
        <source>Unfold</source>
        <translation>Apri</translation>
    </message>
    <message>
        <source>Fold</source>
        <translation>Chiudi</translation>
    </message>
    <message>
        <source>%1 call</source>
        <translation>%1 chiamata</translation>
    </message>
    <message>
        <source>%1 calls</source>
        <translation>%1 chiamate</translation>
    </message>
    <message>
        <source>the model&apos;s side</source>
        <translation>lato modello</translation>
    </message>
    <message>
        <source>the kernel&apos;s side</source>
        <translation>lato kernel</translation>
    </message>
    <message>
        <source>step %1 of %2, call %3</source>
        <translation>passo %1 di %2, chiamata %3</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>passo %1 di %2</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Riproduci</translation>
    </message>
    <message>
        <source>State: model</source>
        <translation>Stato: modello</translation>
    </message>
    <message>
        <source>State: kernel</source>
        <translation>Stato: kernel</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Spazio</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Inizio</translation>
    </message>
    <message>
        <source>first step</source>
        <translation>primo passo</translation>
    </message>
    <message>
        <source>Back out</source>
        <translation>Indietro fuori</translation>
    </message>
    <message>
        <source>back out</source>
        <translation>passo indietro fuori</translation>
    </message>
    <message>
        <source>Back over</source>
        <translation>Indietro oltre</translation>
    </message>
    <message>
        <source>back over</source>
        <translation>passo indietro oltre</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>back into</source>
        <translation>passo indietro dentro</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Dentro</translation>
    </message>
    <message>
        <source>into</source>
        <translation>passo dentro</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Oltre</translation>
    </message>
    <message>
        <source>over</source>
        <translation>passo oltre</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Fuori</translation>
    </message>
    <message>
        <source>out</source>
        <translation>passo fuori</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>last step</source>
        <translation>ultimo passo</translation>
    </message>
    <message>
        <source>play or pause</source>
        <translation>riproduci o pausa</translation>
    </message>
    <message>
        <source>next difference</source>
        <translation>differenza seguente</translation>
    </message>
    <message>
        <source>previous difference</source>
        <translation>differenza precedente</translation>
    </message>
    <message>
        <source>the model&apos;s or the kernel&apos;s state</source>
        <translation>lo stato del modello o del kernel</translation>
    </message>
    <message>
        <source>fold or unfold the current call</source>
        <translation>chiudi o apri la chiamata corrente</translation>
    </message>
    <message>
        <source>light or dark</source>
        <translation>chiaro o scuro</translation>
    </message>
    <message>
        <source>this list</source>
        <translation>questo elenco</translation>
    </message>
    <message>
        <source>en</source>
        <comment>the code of this language</comment>
        <translation>it</translation>
    </message>
    <message>
        <source>This replay steps with a script, which this browser does not run.</source>
        <translation>Questa riproduzione procede con uno script, che questo browser non esegue.</translation>
    </message>
</context>
<context>
    <name>PageWriter</name>
    <message>
        <source>%1; choose a part with skbscope export --from CALL --until CALL (1 to %2)</source>
        <translation>%1; scegli una parte con skbscope export --from CALL --until CALL (da 1 a %2)</translation>
    </message>
    <message>
        <source> more</source>
        <translation> di più</translation>
    </message>
    <message>
        <source>this trace holds no call: there is nothing to step</source>
        <translation>questa traccia non contiene chiamate: non c&apos;è nulla da percorrere</translation>
    </message>
    <message>
        <source>%1 steps are too many for a page, which holds %2</source>
        <translation>%1 passi sono troppi per una pagina, che ne contiene %2</translation>
    </message>
    <message>
        <source>the page would be larger than %1 MB</source>
        <translation>la pagina sarebbe più grande di %1 MB</translation>
    </message>
</context>
<context>
    <name>PaneScene</name>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Pila</translation>
    </message>
    <message>
        <source>Bytes ⇄ headers</source>
        <translation>Byte ⇄ intestazioni</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Linea del tempo</translation>
    </message>
    <message>
        <source>Where are we, and do model and kernel agree?</source>
        <translation>Dove siamo? I due lati concordano?</translation>
    </message>
    <message>
        <source>Which layer has the packet, and who runs it?</source>
        <translation>Quale livello ha il pacchetto, e chi lo esegue?</translation>
    </message>
    <message>
        <source>Which bytes are the packet now?</source>
        <translation>Quali byte sono ora il pacchetto?</translation>
    </message>
    <message>
        <source>What does this byte mean?</source>
        <translation>Che cosa significa questo byte?</translation>
    </message>
    <message>
        <source>When, and what is still to come?</source>
        <translation>Quando, e che cosa deve ancora venire?</translation>
    </message>
</context>
<context>
    <name>Panes</name>
    <message>
        <source>Next difference</source>
        <translation>Differenza seguente</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Tutte</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Which layer has the packet, and who runs it?</source>
        <translation>Quale livello ha il pacchetto, e chi lo esegue?</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>Stazioni</translation>
    </message>
    <message>
        <source>Which bytes are the packet now?</source>
        <translation>Quali byte sono ora il pacchetto?</translation>
    </message>
    <message>
        <source>What does this byte mean?</source>
        <translation>Che cosa significa questo byte?</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Byte</translation>
    </message>
    <message>
        <source>What is it for, why now?</source>
        <translation>A che cosa serve, perché ora?</translation>
    </message>
    <message>
        <source>How is it done?</source>
        <translation>Come si fa?</translation>
    </message>
    <message>
        <source>model C++</source>
        <translation>modello C++</translation>
    </message>
    <message>
        <source>Stack</source>
        <translation>Pila</translation>
    </message>
    <message>
        <source>Bytes ⇄ headers</source>
        <translation>Byte ⇄ intestazioni</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funzione</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sorgente</translation>
    </message>
    <message>
        <source>all</source>
        <translation>tutto</translation>
    </message>
    <message>
        <source>way</source>
        <translation>via</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>livello</translation>
    </message>
    <message>
        <source>Where are we, and do %1?</source>
        <translation>Dove siamo, e %1?</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>Where are we?</source>
        <translation>Dove siamo?</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Nothing here is called like this.</source>
        <translation>Qui nulla si chiama così.</translation>
    </message>
    <message>
        <source>1 entry</source>
        <translation>1 voce</translation>
    </message>
    <message>
        <source>%1 entries</source>
        <translation>%1 voci</translation>
    </message>
    <message>
        <source>Enter chooses · Esc closes</source>
        <translation>Invio sceglie · Esc chiude</translation>
    </message>
</context>
<context>
    <name>PickerLists</name>
    <message>
        <source>Commands</source>
        <translation>Comandi</translation>
    </message>
    <message>
        <source>Type what you want to do</source>
        <translation>Scrivi che cosa vuoi fare</translation>
    </message>
    <message>
        <source>Run to function</source>
        <translation>Vai alla funzione</translation>
    </message>
    <message>
        <source>Run back to function</source>
        <translation>Torna alla funzione</translation>
    </message>
    <message>
        <source>Type a function&apos;s name</source>
        <translation>Scrivi il nome di una funzione</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>chiamate</translation>
    </message>
    <message>
        <source>not called after this</source>
        <translation>non chiamata dopo questo punto</translation>
    </message>
    <message>
        <source>not called before this</source>
        <translation>non chiamata prima di questo punto</translation>
    </message>
    <message>
        <source>Type a field of the sk_buff</source>
        <translation>Scrivi un campo dello sk_buff</translation>
    </message>
</context>
<context>
    <name>Present</name>
    <message>
        <source>Stack</source>
        <translation>Pila</translation>
    </message>
    <message>
        <source>which layer has the packet</source>
        <translation>quale livello ha il pacchetto</translation>
    </message>
    <message>
        <source>which bytes are the packet now</source>
        <translation>quali byte sono ora il pacchetto</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>where we are, and the marks</source>
        <translation>dove siamo, e i segni</translation>
    </message>
    <message>
        <source>Bytes and headers</source>
        <translation>Byte e intestazioni</translation>
    </message>
    <message>
        <source>what each byte means</source>
        <translation>che cosa significa ogni byte</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>Funzione</translation>
    </message>
    <message>
        <source>what it is for, and why now</source>
        <translation>a che cosa serve, e perché ora</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Sorgente</translation>
    </message>
    <message>
        <source>how it is done</source>
        <translation>come si fa</translation>
    </message>
    <message>
        <source>This needs the whole window: P leaves the presentation.</source>
        <translation>Serve tutta la finestra: P esce dalla presentazione.</translation>
    </message>
    <message>
        <source>Nothing is presented: P begins.</source>
        <translation>Non c&apos;è alcuna presentazione: P comincia.</translation>
    </message>
    <message>
        <source>Left pane</source>
        <translation>Riquadro a sinistra</translation>
    </message>
    <message>
        <source>Right pane</source>
        <translation>Riquadro a destra</translation>
    </message>
    <message>
        <source>Type a pane&apos;s name</source>
        <translation>Scrivi il nome di un riquadro</translation>
    </message>
    <message>
        <source>is there already</source>
        <translation>è già lì</translation>
    </message>
</context>
<context>
    <name>PresentPane</name>
    <message>
        <source>Where is it?</source>
        <translation>Dov&apos;è?</translation>
    </message>
    <message>
        <source>What is the packet?</source>
        <translation>Che cos&apos;è il pacchetto?</translation>
    </message>
    <message>
        <source>sk_buff, bytes from head</source>
        <translation>sk_buff, byte da head</translation>
    </message>
    <message>
        <source>Where are we?</source>
        <translation>Dove siamo?</translation>
    </message>
    <message>
        <source>What does each byte mean?</source>
        <translation>Che cosa significa ogni byte?</translation>
    </message>
    <message>
        <source>What is it for?</source>
        <translation>A che cosa serve?</translation>
    </message>
    <message>
        <source>How is it done?</source>
        <translation>Come si fa?</translation>
    </message>
    <message>
        <source>the model&apos;s C++</source>
        <translation>il C++ del modello</translation>
    </message>
    <message>
        <source>Stations</source>
        <translation>Stazioni</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Byte</translation>
    </message>
</context>
<context>
    <name>Presentation</name>
    <message>
        <source>Call %1</source>
        <translation>Chiamata %1</translation>
    </message>
    <message>
        <source>Waiting for the first packet.</source>
        <translation>In attesa del primo pacchetto.</translation>
    </message>
    <message>
        <source>call</source>
        <translation>chiamata</translation>
    </message>
    <message>
        <source>step</source>
        <translation>passo</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>nero</translation>
    </message>
    <message>
        <source>leave</source>
        <translation>esci</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>inlined in this kernel</source>
        <translation>inline in questo kernel</translation>
    </message>
    <message>
        <source>inlined at this call</source>
        <translation>inline in questa chiamata</translation>
    </message>
    <message>
        <source>not traceable here</source>
        <translation>qui non tracciabile</translation>
    </message>
    <message>
        <source>outside the model</source>
        <translation>fuori dal modello</translation>
    </message>
    <message>
        <source>configuration</source>
        <translation>configurazione</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>perso</translation>
    </message>
    <message>
        <source>random by design</source>
        <translation>casuale per progetto</translation>
    </message>
    <message>
        <source>outside the scope</source>
        <translation>fuori ambito</translation>
    </message>
    <message>
        <source>time differs</source>
        <translation>tempo diverso</translation>
    </message>
    <message>
        <source>not written yet</source>
        <translation>non ancora scritto</translation>
    </message>
</context>
<context>
    <name>Replay</name>
    <message>
        <source>ahead</source>
        <translation>più avanti</translation>
    </message>
    <message>
        <source>before this</source>
        <translation>prima di qui</translation>
    </message>
    <message>
        <source>stop</source>
        <translation>punto di arresto</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>scarto</translation>
    </message>
    <message>
        <source>queue operation</source>
        <translation>punto con un&apos;operazione su una coda</translation>
    </message>
    <message>
        <source>difference</source>
        <translation>punto con una differenza</translation>
    </message>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>There is no breakpoint: Shift+B lists them, and takes a new one.</source>
        <translation>Non c&apos;è alcun punto di arresto: Shift+B li elenca e ne prende di nuovi.</translation>
    </message>
    <message>
        <source>All breakpoints are switched off: Shift+B lists them.</source>
        <translation>Tutti i punti di arresto sono disattivati: Shift+B li elenca.</translation>
    </message>
    <message>
        <source>There is one side only, so there is nothing to compare.</source>
        <translation>C&apos;è un lato solo: non c&apos;è nulla da confrontare.</translation>
    </message>
    <message>
        <source>There is no %1 %2.</source>
        <translation>Non c&apos;è alcun %1 %2.</translation>
    </message>
    <message>
        <source>Stopped at </source>
        <translation>Fermo a </translation>
    </message>
    <message>
        <source>%1 is not called %2.</source>
        <translation>%1 non viene chiamata %2.</translation>
    </message>
</context>
<context>
    <name>ReplayCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source> is no field of the sk_buff: nothing to watch.</source>
        <translation> non è un campo dello sk_buff: nulla da osservare.</translation>
    </message>
    <message>
        <source> is not watched any more.</source>
        <translation> non è più osservato.</translation>
    </message>
    <message>
        <source>Watching %1: F5 runs to its next change.</source>
        <translation>%1 è osservato: F5 va al suo prossimo cambiamento.</translation>
    </message>
    <message>
        <source>Watch a field</source>
        <translation>Osserva un campo</translation>
    </message>
    <message>
        <source>Who changed this last?</source>
        <translation>Chi l&apos;ha cambiato per ultimo?</translation>
    </message>
    <message>
        <source>No breakpoint on %1 any more.</source>
        <translation>Più nessun punto di arresto su %1.</translation>
    </message>
    <message>
        <source>Breakpoint on %1: F5 runs to it.</source>
        <translation>Punto di arresto su %1: F5 ci va.</translation>
    </message>
    <message>
        <source>There is no breakpoint: B sets one on this function.</source>
        <translation>Non c&apos;è alcun punto di arresto: B ne mette uno su questa funzione.</translation>
    </message>
    <message>
        <source>This mark is not set: [ sets A, ] sets B.</source>
        <translation>Questo segno non è messo: [ mette A, ] mette B.</translation>
    </message>
    <message>
        <source>Nothing is found yet: Ctrl+F finds.</source>
        <translation>Non è ancora stato trovato nulla: Ctrl+F cerca.</translation>
    </message>
</context>
<context>
    <name>RowList</name>
    <message>
        <source>the current call</source>
        <translation>la chiamata attuale</translation>
    </message>
    <message>
        <source>level %1</source>
        <translation>livello %1</translation>
    </message>
</context>
<context>
    <name>RunBox</name>
    <message>
        <source>Running %1: %2</source>
        <translation>In esecuzione %1: %2</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annulla</translation>
    </message>
</context>
<context>
    <name>RunForm</name>
    <message>
        <source>Run a scenario</source>
        <translation>Esegui uno scenario</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Esegui</translation>
    </message>
    <message>
        <source>The last run: %1</source>
        <translation>L&apos;ultima esecuzione: %1</translation>
    </message>
    <message>
        <source>The trace that is open stays until the run is done.</source>
        <translation>La traccia aperta resta finché l&apos;esecuzione non è finita.</translation>
    </message>
    <message>
        <source>Sides</source>
        <translation>Lati</translation>
    </message>
    <message>
        <source>Model and kernel</source>
        <translation>Modello e kernel</translation>
    </message>
    <message>
        <source>Model alone</source>
        <translation>Solo modello</translation>
    </message>
    <message>
        <source>Kernel alone</source>
        <translation>Solo kernel</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Kernel: %1</source>
        <translation>Kernel: %1</translation>
    </message>
    <message>
        <source>Not possible: %1</source>
        <translation>Non possibile: %1</translation>
    </message>
    <message>
        <source>Looking what this machine can do ...</source>
        <translation>Si guarda che cosa può fare questa macchina ...</translation>
    </message>
    <message>
        <source>HOST or USER@HOST</source>
        <translation>HOST o UTENTE@HOST</translation>
    </message>
    <message>
        <source>As ssh takes it. The agent is copied there, and gone again afterwards.</source>
        <translation>Come lo accetta ssh. L&apos;agente vi viene copiato, e poi sparisce.</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Two runs may differ then; each task is compared alone.</source>
        <translation>Due esecuzioni possono differire; ogni task si confronta da solo.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Macchina</translation>
    </message>
</context>
<context>
    <name>RunModel</name>
    <message>
        <source>Nothing can be run from here.</source>
        <translation>Da qui non si può eseguire nulla.</translation>
    </message>
    <message>
        <source>A run is on its way; Ctrl+F9 cancels it.</source>
        <translation>È in corso un&apos;esecuzione; Ctrl+F9 la annulla.</translation>
    </message>
    <message>
        <source>Choose a scenario, or write the path of a file.</source>
        <translation>Scegli uno scenario, o scrivi il percorso di un file.</translation>
    </message>
    <message>
        <source>The scenario is being read ...</source>
        <translation>Lettura dello scenario ...</translation>
    </message>
    <message>
        <source>The scenario has an error; it is told below its name.</source>
        <translation>Lo scenario ha un errore; è indicato sotto il nome.</translation>
    </message>
    <message>
        <source>Looking what this machine can do ...</source>
        <translation>Si guarda che cosa può fare questa macchina ...</translation>
    </message>
    <message>
        <source>Which machine? Write HOST or USER@HOST.</source>
        <translation>Quale macchina? Scrivi HOST o UTENTE@HOST.</translation>
    </message>
    <message>
        <source>ending</source>
        <translation>in chiusura</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>in avvio</translation>
    </message>
    <message>
        <source>%1 %2 of %3</source>
        <translation>%1 %2 di %3</translation>
    </message>
</context>
<context>
    <name>RunScenarios</name>
    <message>
        <source>a name from the list, or the path of a .yaml file</source>
        <translation>un nome dell&apos;elenco, o il percorso di un file .yaml</translation>
    </message>
    <message>
        <source>Bundled scenarios</source>
        <translation>Scenari allegati</translation>
    </message>
    <message>
        <source>None of the bundled ones: it is taken for a file.</source>
        <translation>Nessuno di quelli allegati: viene inteso come file.</translation>
    </message>
    <message>
        <source>Scenario</source>
        <translation>Scenario</translation>
    </message>
</context>
<context>
    <name>SaveBox</name>
    <message>
        <source>File</source>
        <translation>File</translation>
    </message>
    <message>
        <source>Enter saves, Esc closes.</source>
        <translation>Invio salva, Esc chiude.</translation>
    </message>
    <message>
        <source>Save what is shown as a picture (.svg or .png)</source>
        <translation>Salva ciò che si vede come immagine (.svg o .png)</translation>
    </message>
    <message>
        <source>Save the replay as one page for a browser (.html)</source>
        <translation>Salva la riproduzione come pagina per il browser (.html)</translation>
    </message>
    <message>
        <source>End the name with .html.</source>
        <translation>Il nome deve finire in .html.</translation>
    </message>
    <message>
        <source>End the name with .svg or .png.</source>
        <translation>Il nome deve finire in .svg o .png.</translation>
    </message>
    <message>
        <source>This file is there already: Enter once more replaces it.</source>
        <translation>Questo file esiste già: un altro Invio lo sostituisce.</translation>
    </message>
    <message>
        <source>It cannot be written there: %1.</source>
        <translation>Non si può scrivere lì: %1.</translation>
    </message>
    <message>
        <source>Saved: </source>
        <translation>Salvato: </translation>
    </message>
    <message>
        <source>, %1 kB.</source>
        <translation>, %1 kB.</translation>
    </message>
    <message>
        <source>The page is being made: %1. Esc cancels.</source>
        <translation>La pagina è in preparazione: %1. Esc annulla.</translation>
    </message>
    <message>
        <source>begins</source>
        <translation>inizio</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>passo %1 di %2</translation>
    </message>
</context>
<context>
    <name>ScenarioChooser</name>
    <message>
        <source>Scenarios</source>
        <translation>Scenari</translation>
    </message>
    <message>
        <source>Scenario: %1</source>
        <translation>Scenario: %1</translation>
    </message>
    <message>
        <source>running ...</source>
        <translation>in esecuzione ...</translation>
    </message>
    <message>
        <source>reading a file ...</source>
        <translation>lettura di un file ...</translation>
    </message>
    <message>
        <source>Open a file</source>
        <translation>Apri un file</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Recenti</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>Salva come</translation>
    </message>
    <message>
        <source>Compare two</source>
        <translation>Confronta due</translation>
    </message>
    <message>
        <source>Open traces</source>
        <translation>Tracce aperte</translation>
    </message>
</context>
<context>
    <name>ScenarioTitles</name>
    <message>
        <source>Datagrams of two flows on a card with two queues, merged by GRO</source>
        <translation>I datagrammi di due flussi su una scheda con due code, uniti da GRO</translation>
    </message>
    <message>
        <source>A card that is busy, and packets that go back to the queue&apos;s head</source>
        <translation>Una scheda occupata, e i pacchetti che tornano in testa alla coda</translation>
    </message>
    <message>
        <source>A ping and its answer</source>
        <translation>Un ping e la sua risposta</translation>
    </message>
    <message>
        <source>60,000 bytes over TCP: segments merged on the way in (GRO), split as late as possible (GSO)</source>
        <translation>60.000 byte su TCP: segmenti uniti in arrivo (GRO), divisi il più tardi possibile (GSO)</translation>
    </message>
    <message>
        <source>A TCP connection that nobody accepts</source>
        <translation>Una connessione TCP che nessuno accetta</translation>
    </message>
    <message>
        <source>A TCP connection: three-way handshake, 100 bytes, both ends closed</source>
        <translation>Una connessione TCP: handshake a tre vie, 100 byte, chiusa da entrambe le parti</translation>
    </message>
    <message>
        <source>One UDP datagram through a router</source>
        <translation>Un datagramma UDP attraverso un router</translation>
    </message>
    <message>
        <source>A UDP datagram larger than the MTU: three fragments, put together again</source>
        <translation>Un datagramma UDP più grande della MTU: tre frammenti, poi ricomposti</translation>
    </message>
    <message>
        <source>One UDP datagram to the same host</source>
        <translation>Un datagramma UDP verso lo stesso host</translation>
    </message>
    <message>
        <source>One UDP datagram that a packet socket sees too</source>
        <translation>Un datagramma UDP che anche un packet socket vede</translation>
    </message>
    <message>
        <source>A UDP datagram to a port where nobody listens</source>
        <translation>Un datagramma UDP a una porta su cui nessuno ascolta</translation>
    </message>
    <message>
        <source>One UDP datagram through a queueing discipline</source>
        <translation>Un datagramma UDP attraverso una disciplina di coda</translation>
    </message>
    <message>
        <source>One UDP datagram steered by receive packet steering</source>
        <translation>Un datagramma UDP smistato da receive packet steering</translation>
    </message>
    <message>
        <source>The life of two UDP sockets: socket, bind, connect, send, receive, close</source>
        <translation>La vita di due socket UDP: socket, bind, connect, invio, ricezione, chiusura</translation>
    </message>
    <message>
        <source>A frame written into a tap, received as UDP, and one sent out of it</source>
        <translation>Un frame scritto in un tap e ricevuto come UDP, e uno inviato fuori</translation>
    </message>
    <message>
        <source>One UDP datagram that needs ARP first</source>
        <translation>Un datagramma UDP che ha prima bisogno di ARP</translation>
    </message>
    <message>
        <source>One UDP datagram into a veth with NAPI and GRO</source>
        <translation>Un datagramma UDP in un veth con NAPI e GRO</translation>
    </message>
    <message>
        <source>Two UDP datagrams: ARP and a route lookup, then the header cache and the cached route</source>
        <translation>Due datagrammi UDP: ARP e ricerca della rotta, poi intestazione e rotta dalla cache</translation>
    </message>
    <message>
        <source>One UDP datagram across a veth pair</source>
        <translation>Un datagramma UDP attraverso una coppia veth</translation>
    </message>
</context>
<context>
    <name>SearchQuery</name>
    <message>
        <source>the number of a packet stands here: #3</source>
        <translation>qui va il numero di un pacchetto: #3</translation>
    </message>
    <message>
        <source>one packet at a time: nothing stands behind its number</source>
        <translation>un pacchetto per volta: dopo il suo numero non va nulla</translation>
    </message>
    <message>
        <source>no packet has a number as large as this</source>
        <translation>nessun pacchetto ha un numero così grande</translation>
    </message>
    <message>
        <source>an address, a :port or a host stands here</source>
        <translation>qui va un indirizzo, una :porta o un host</translation>
    </message>
    <message>
        <source>`%1` does not belong here: an end of a flow is 10.9.0.2:7000, 10.9.0, :7000 or a host of the trace</source>
        <translation>`%1` qui è di troppo: un capo di un flusso è 10.9.0.2:7000, 10.9.0, :7000 o un host della traccia</translation>
    </message>
    <message>
        <source>an IPv4 address has four numbers</source>
        <translation>un indirizzo IPv4 ha quattro numeri</translation>
    </message>
    <message>
        <source>a number of an IPv4 address is at most 255</source>
        <translation>un numero di un indirizzo IPv4 è al massimo 255</translation>
    </message>
    <message>
        <source>a port stands behind `:`</source>
        <translation>dopo `:` va una porta</translation>
    </message>
    <message>
        <source>a port is at most 65535</source>
        <translation>una porta è al massimo 65535</translation>
    </message>
    <message>
        <source>a flow has two ends: one `&gt;`</source>
        <translation>un flusso ha due capi: un solo `&gt;`</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>, piece %1</source>
        <translation>, pezzo %1</translation>
    </message>
    <message>
        <source>makes </source>
        <translation>crea </translation>
    </message>
    <message>
        <source>packet %1, a clone of packet %2</source>
        <translation>il pacchetto %1, clone del pacchetto %2</translation>
    </message>
    <message>
        <source>cuts </source>
        <translation>ritaglia </translation>
    </message>
    <message>
        <source>packet %1 out of packet %2</source>
        <translation>il pacchetto %1 dal pacchetto %2</translation>
    </message>
    <message>
        <source>merges </source>
        <translation>unisce </translation>
    </message>
    <message>
        <source>packet %1 into packet %2</source>
        <translation>il pacchetto %1 al pacchetto %2</translation>
    </message>
    <message>
        <source>packet %1 a fragment of packet %2</source>
        <translation>il pacchetto %1, frammento del pacchetto %2</translation>
    </message>
    <message>
        <source>puts </source>
        <translation>mette </translation>
    </message>
    <message>
        <source>packet %1 together again from packet %2</source>
        <translation>insieme il pacchetto %1 a partire dal pacchetto %2</translation>
    </message>
    <message>
        <source>packet %1, a copy of packet %2</source>
        <translation>il pacchetto %1, copia del pacchetto %2</translation>
    </message>
    <message>
        <source>hands packet %1 over </source>
        <translation>passa il pacchetto %1 </translation>
    </message>
    <message>
        <source>from %1 to %2</source>
        <translation>da %1 a %2</translation>
    </message>
    <message>
        <source>puts packet %1 on </source>
        <translation>mette il pacchetto %1 nella coda </translation>
    </message>
    <message>
        <source>takes packet %1 off </source>
        <translation>toglie il pacchetto %1 dalla coda </translation>
    </message>
    <message>
        <source>%1: length %2 → %3</source>
        <translation>%1: lunghezza %2 → %3</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> di %1</translation>
    </message>
    <message>
        <source>, %1 bytes in it</source>
        <translation>, %1 byte dentro</translation>
    </message>
    <message>
        <source>interrupt %1</source>
        <translation>interruzione %1</translation>
    </message>
    <message>
        <source> comes in on %1: what ran there waits</source>
        <translation> arriva su %1: ciò che vi girava attende</translation>
    </message>
    <message>
        <source>interrupt %1 is served on %2</source>
        <translation>interruzione %1 servita su %2</translation>
    </message>
    <message>
        <source>raises </source>
        <translation>richiede (raise) </translation>
    </message>
    <message>
        <source>softirq %1 on %2</source>
        <translation>softirq %1 su %2</translation>
    </message>
    <message>
        <source>: it runs later, when nothing forbids it</source>
        <translation>: gira più tardi, quando nulla lo vieta</translation>
    </message>
    <message>
        <source>begins </source>
        <translation>comincia </translation>
    </message>
    <message>
        <source>is done with softirq %1 on %2</source>
        <translation>ha finito con il softirq %1 su %2</translation>
    </message>
    <message>
        <source> to sleep</source>
        <translation> a dormire</translation>
    </message>
    <message>
        <source> until somebody wakes it</source>
        <translation> finché qualcuno non lo sveglia</translation>
    </message>
    <message>
        <source>%1 goes on with </source>
        <translation>%1 prosegue con </translation>
    </message>
    <message>
        <source>, in place of %1</source>
        <translation>, al posto di %1</translation>
    </message>
    <message>
        <source>wakes </source>
        <translation>sveglia </translation>
    </message>
    <message>
        <source>: it may run from now on</source>
        <translation>: da ora può girare</translation>
    </message>
    <message>
        <source>interrupts </source>
        <translation>interrompe </translation>
    </message>
    <message>
        <source> from %1</source>
        <translation> da %1</translation>
    </message>
    <message>
        <source>runs because </source>
        <translation>gira perché </translation>
    </message>
    <message>
        <source>its timer fired on %1</source>
        <translation>il suo timer è scattato su %1</translation>
    </message>
    <message>
        <source>events are missing here</source>
        <translation>qui mancano eventi</translation>
    </message>
    <message>
        <source>, nobody knows how many</source>
        <translation>, nessuno sa quanti</translation>
    </message>
    <message>
        <source>it is charged to socket %1:%2</source>
        <translation>è a carico del socket %1:%2</translation>
    </message>
    <message>
        <source> (send memory %1, receive memory %2 bytes)</source>
        <translation> (memoria di invio %1, di ricezione %2 byte)</translation>
    </message>
    <message>
        <source>fragments in pages: %1</source>
        <translation>frammenti in pagine: %1</translation>
    </message>
    <message>
        <source>packet %1 is seen for the first time</source>
        <translation>il pacchetto %1 si vede per la prima volta</translation>
    </message>
    <message>
        <source>, data %1, len %2</source>
        <translation>, data %1, len %2</translation>
    </message>
    <message>
        <source> since the last look at packet %1</source>
        <translation> dall&apos;ultimo sguardo al pacchetto %1</translation>
    </message>
    <message>
        <source>When %1 returns: </source>
        <translation>Al ritorno di %1: </translation>
    </message>
    <message>
        <source>At the entry of %1: </source>
        <translation>All&apos;ingresso di %1: </translation>
    </message>
    <message>
        <source>In %1: </source>
        <translation>In %1: </translation>
    </message>
    <message>
        <source>drops packet %1: </source>
        <translation>scarta (drop) il pacchetto %1: </translation>
    </message>
    <message>
        <source>frees packet %1, a part of a buffer whose work is done</source>
        <translation>libera il pacchetto %1, parte di un buffer che ha finito il suo lavoro</translation>
    </message>
    <message>
        <source>; no loss, though this kernel&apos;s tracepoint reports one (%1)</source>
        <translation>; non è una perdita, anche se il tracepoint di questo kernel la segnala (%1)</translation>
    </message>
    <message>
        <source>bytes %1 to %2 have other values</source>
        <translation>i byte da %1 a %2 hanno altri valori</translation>
    </message>
    <message>
        <source>bytes %1 to %2 are seen for the first time</source>
        <translation>i byte da %1 a %2 si vedono per la prima volta</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>in the lab</source>
        <translation>nel laboratorio</translation>
    </message>
    <message>
        <source>on this host</source>
        <translation>su questo host</translation>
    </message>
    <message>
        <source>on </source>
        <translation>su </translation>
    </message>
    <message>
        <source>recorded </source>
        <translation>registrato </translation>
    </message>
    <message>
        <source>traced </source>
        <translation>tracciato </translation>
    </message>
    <message>
        <source>Stopped at </source>
        <translation>Fermo a </translation>
    </message>
    <message>
        <source>No kernel in this trace</source>
        <translation>Nessun kernel in questa traccia</translation>
    </message>
    <message>
        <source>Kernel: not heard of yet</source>
        <translation>Kernel: ancora nessuna notizia</translation>
    </message>
    <message>
        <source>Kernel </source>
        <translation>Kernel </translation>
    </message>
    <message>
        <source>CPU</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>CPUs</source>
        <translation>CPU</translation>
    </message>
    <message>
        <source>Events lost: </source>
        <translation>Eventi persi: </translation>
    </message>
    <message>
        <source>Calls that agree: </source>
        <translation>Chiamate concordi: </translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 di %2</translation>
    </message>
    <message>
        <source>Unexplained differences: </source>
        <translation>Differenze senza spiegazione: </translation>
    </message>
    <message>
        <source>Fidelity: calls </source>
        <translation>Fedeltà: chiamate </translation>
    </message>
    <message>
        <source>, state </source>
        <translation>, stato </translation>
    </message>
    <message>
        <source>This trace is cut short: </source>
        <translation>Questa traccia è troncata: </translation>
    </message>
    <message>
        <source>This trace holds no call.</source>
        <translation>Questa traccia non contiene chiamate.</translation>
    </message>
    <message>
        <source>Only the model&apos;s side is here: there is nothing to compare with.</source>
        <translation>C&apos;è solo il lato del modello: nulla con cui confrontare.</translation>
    </message>
    <message>
        <source>Only the kernel&apos;s side is here: there is nothing to compare with.</source>
        <translation>C&apos;è solo il lato del kernel: nulla con cui confrontare.</translation>
    </message>
    <message>
        <source>Both sides are the **model**: first run as it was, changed run with %1 **%2**, not %3</source>
        <translation>Entrambi i lati sono il **modello**: prima esecuzione com&apos;era, esecuzione modificata con %1: **%2** invece di %3</translation>
    </message>
    <message>
        <source>; Ctrl+Z goes back</source>
        <translation>; Ctrl+Z torna indietro</translation>
    </message>
    <message>
        <source>Alike: calls </source>
        <translation>Uguali: chiamate </translation>
    </message>
</context>
<context>
    <name>SessionCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>This is the first step: nothing comes before.</source>
        <translation>È il primo passo: prima non c&apos;è nulla.</translation>
    </message>
    <message>
        <source>This is the last step: nothing comes after.</source>
        <translation>È l&apos;ultimo passo: dopo non c&apos;è nulla.</translation>
    </message>
    <message>
        <source>There is nothing further that way.</source>
        <translation>Da quella parte non c&apos;è altro.</translation>
    </message>
    <message>
        <source>There is one side only: no other state to show.</source>
        <translation>C&apos;è un lato solo: nessun altro stato da mostrare.</translation>
    </message>
    <message>
        <source>The filter shows no call that way. Esc takes it away.</source>
        <translation>Da quella parte il filtro non mostra chiamate. Esc lo toglie.</translation>
    </message>
    <message>
        <source>With a filter on nothing is folded. Esc takes it away.</source>
        <translation>Con un filtro nulla è chiuso. Esc lo toglie.</translation>
    </message>
</context>
<context>
    <name>Sides</name>
    <message>
        <source>model</source>
        <translation>modello</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>kernel</translation>
    </message>
    <message>
        <source>model and kernel agree</source>
        <translation>modello e kernel concordano</translation>
    </message>
    <message>
        <source>model and kernel</source>
        <translation>modello e kernel</translation>
    </message>
    <message>
        <source>first run</source>
        <translation>prima esecuzione</translation>
    </message>
    <message>
        <source>changed run</source>
        <translation>esecuzione modificata</translation>
    </message>
    <message>
        <source>the first run</source>
        <translation>la prima esecuzione</translation>
    </message>
    <message>
        <source>the changed run</source>
        <translation>l&apos;esecuzione modificata</translation>
    </message>
    <message>
        <source>the model</source>
        <translation>il modello</translation>
    </message>
    <message>
        <source>the kernel</source>
        <translation>il kernel</translation>
    </message>
    <message>
        <source>Model, as it was</source>
        <translation>Modello, com&apos;era</translation>
    </message>
    <message>
        <source>Model, with %1 %2</source>
        <translation>Modello, con %1: %2</translation>
    </message>
    <message>
        <source>Model, C++</source>
        <translation>Modello, C++</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Kernel %1, traced</source>
        <translation>Kernel %1, tracciato</translation>
    </message>
    <message>
        <source>%1 only</source>
        <translation>solo %1</translation>
    </message>
    <message>
        <source>both runs agree</source>
        <translation>le due esecuzioni concordano</translation>
    </message>
    <message>
        <source>A and B agree</source>
        <translation>A e B concordano</translation>
    </message>
</context>
<context>
    <name>SkbFields</name>
    <message>
        <source>bytes from data on, those in fragments included</source>
        <translation>byte da data in poi, compresi quelli nei frammenti</translation>
    </message>
    <message>
        <source>bytes that are not in the linear part</source>
        <translation>byte che non sono nella parte lineare</translation>
    </message>
    <message>
        <source>where the packet begins</source>
        <translation>dove comincia il pacchetto</translation>
    </message>
    <message>
        <source>where the linear part ends</source>
        <translation>dove finisce la parte lineare</translation>
    </message>
    <message>
        <source>where the buffer ends</source>
        <translation>dove finisce il buffer</translation>
    </message>
    <message>
        <source>bytes the packet costs its socket</source>
        <translation>byte che il pacchetto costa al suo socket</translation>
    </message>
    <message>
        <source>references to the struct</source>
        <translation>riferimenti alla struct</translation>
    </message>
    <message>
        <source>references to the buffer</source>
        <translation>riferimenti al buffer</translation>
    </message>
    <message>
        <source>the buffer may be shared</source>
        <translation>il buffer può essere condiviso</translation>
    </message>
    <message>
        <source>EtherType of what data points at</source>
        <translation>EtherType di ciò a cui punta data</translation>
    </message>
    <message>
        <source>whom the frame is for</source>
        <translation>per chi è il frame</translation>
    </message>
    <message>
        <source>what is known of the checksum</source>
        <translation>che cosa si sa del checksum</translation>
    </message>
    <message>
        <source>fragments in pages</source>
        <translation>frammenti in pagine</translation>
    </message>
    <message>
        <source>offset of the link header</source>
        <translation>offset dell&apos;intestazione di collegamento</translation>
    </message>
    <message>
        <source>offset of the network header</source>
        <translation>offset dell&apos;intestazione di rete</translation>
    </message>
    <message>
        <source>offset of the transport header</source>
        <translation>offset dell&apos;intestazione di trasporto</translation>
    </message>
    <message>
        <source>bytes of payload a segment will have</source>
        <translation>byte di payload che avrà un segmento</translation>
    </message>
    <message>
        <source>segments it stands for</source>
        <translation>segmenti per cui vale</translation>
    </message>
    <message>
        <source>the device it is at</source>
        <translation>il dispositivo su cui si trova</translation>
    </message>
</context>
<context>
    <name>SourceModel</name>
    <message>
        <source>The model&apos;s source is not installed here.</source>
        <translation>Il sorgente del modello non è installato qui.</translation>
    </message>
    <message>
        <source>The model&apos;s source is not in %1/core-stack.</source>
        <translation>Il sorgente del modello non è in %1/core-stack.</translation>
    </message>
    <message>
        <source>The model has no function of this name.</source>
        <translation>Il modello non ha una funzione con questo nome.</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>Source of the model</source>
        <translation>Sorgente del modello</translation>
    </message>
</context>
<context>
    <name>SpeedSlider</name>
    <message>
        <source>1 call a second</source>
        <translation>1 chiamata al secondo</translation>
    </message>
    <message>
        <source>%1 calls a second</source>
        <translation>%1 chiamate/s</translation>
    </message>
</context>
<context>
    <name>StackMapBuilder</name>
    <message>
        <source>noqueue: nothing to wait in</source>
        <translation>noqueue: non si attende</translation>
    </message>
    <message>
        <source>%1 of %2 KiB</source>
        <translation>%1 di %2 KiB</translation>
    </message>
    <message>
        <source>of </source>
        <translation>di </translation>
    </message>
    <message>
        <source>byte</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>byte</translation>
    </message>
    <message>
        <source>sends %1from %2:%3</source>
        <translation>invia %1da %2:%3</translation>
    </message>
    <message>
        <source>to %1:%2</source>
        <translation>a %1:%2</translation>
    </message>
    <message>
        <source>asks who has </source>
        <translation>chiede chi ha </translation>
    </message>
    <message>
        <source>answers </source>
        <translation>risponde </translation>
    </message>
    <message>
        <source>receives ARP</source>
        <translation>riceve ARP</translation>
    </message>
    <message>
        <source>veth pair</source>
        <translation>coppia veth</translation>
    </message>
    <message>
        <source>loopback</source>
        <translation>loopback</translation>
    </message>
    <message>
        <source>softirq runs|</source>
        <translation>il softirq gira|</translation>
    </message>
    <message>
        <source>on CPU %1</source>
        <translation>sulla CPU %1</translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
    <message>
        <source>socket</source>
        <translation>socket</translation>
    </message>
    <message>
        <source>transport</source>
        <translation>trasporto</translation>
    </message>
    <message>
        <source>neighbour</source>
        <translation>vicino</translation>
    </message>
    <message>
        <source>device</source>
        <translation>dispositivo</translation>
    </message>
    <message>
        <source>softnet backlog</source>
        <translation>softnet backlog</translation>
    </message>
    <message>
        <source>socket queue</source>
        <translation>coda del socket</translation>
    </message>
    <message>
        <source>full: refuses it</source>
        <translation>piena: lo rifiuta</translation>
    </message>
    <message>
        <source>full</source>
        <translation>piena</translation>
    </message>
    <message>
        <source>pings %1</source>
        <translation>fa ping a %1</translation>
    </message>
    <message>
        <source>answers %1</source>
        <translation>risponde a %1</translation>
    </message>
    <message>
        <source>reports an error to %1</source>
        <translation>segnala un errore a %1</translation>
    </message>
    <message>
        <source>to %1</source>
        <translation>a %1</translation>
    </message>
</context>
<context>
    <name>StackMapModel</name>
    <message>
        <source>dropped here</source>
        <translation>scartato qui</translation>
    </message>
    <message>
        <source>length %1 %2</source>
        <translation>lungh. %1 %2</translation>
    </message>
    <message>
        <source>the packet is here, %1 bytes</source>
        <translation>il pacchetto è qui, %1 byte</translation>
    </message>
    <message>
        <source>not reached yet</source>
        <translation>non ancora raggiunto</translation>
    </message>
    <message>
        <source> on CPU %1</source>
        <translation> sulla CPU %1</translation>
    </message>
</context>
<context>
    <name>StackMapScene</name>
    <message>
        <source>host </source>
        <translation>host </translation>
    </message>
    <message>
        <source>in </source>
        <translation>in </translation>
    </message>
    <message>
        <source>length </source>
        <translation>lungh. </translation>
    </message>
    <message>
        <source>a queue of %1: R tells who changed it last</source>
        <translation>una coda di %1: R dice chi l&apos;ha cambiata per ultimo</translation>
    </message>
    <message>
        <source>the trace does not tell how long this queue is</source>
        <translation>la traccia non dice quanto è lunga questa coda</translation>
    </message>
    <message>
        <source> on CPU %1</source>
        <translation> sulla CPU %1</translation>
    </message>
    <message>
        <source>hand-over</source>
        <translation>passaggio</translation>
    </message>
    <message>
        <source>no packet is involved here</source>
        <translation>qui non c&apos;entra alcun pacchetto</translation>
    </message>
</context>
<context>
    <name>StartForm</name>
    <message>
        <source>checking</source>
        <translation>verifica</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>in avvio</translation>
    </message>
</context>
<context>
    <name>Stations</name>
    <message>
        <source>socket, sender</source>
        <translation>socket, mittente</translation>
    </message>
    <message>
        <source>transport, sender</source>
        <translation>trasporto, mittente</translation>
    </message>
    <message>
        <source>IP, sender</source>
        <translation>IP, mittente</translation>
    </message>
    <message>
        <source>neighbour</source>
        <translation>vicino (neighbour)</translation>
    </message>
    <message>
        <source>qdisc</source>
        <translation>qdisc</translation>
    </message>
    <message>
        <source>device, sender</source>
        <translation>dispositivo, mittente</translation>
    </message>
    <message>
        <source>device, receiver</source>
        <translation>dispositivo, destinatario</translation>
    </message>
    <message>
        <source>softnet backlog</source>
        <translation>backlog di softnet</translation>
    </message>
    <message>
        <source>softirq NET_RX</source>
        <translation>softirq NET_RX</translation>
    </message>
    <message>
        <source>link, receiver</source>
        <translation>collegamento, destinatario</translation>
    </message>
    <message>
        <source>IP, receiver</source>
        <translation>IP, destinatario</translation>
    </message>
    <message>
        <source>transport, receiver</source>
        <translation>trasporto, destinatario</translation>
    </message>
    <message>
        <source>socket, receiver</source>
        <translation>socket, destinatario</translation>
    </message>
    <message>
        <source>nowhere</source>
        <translation>in nessun posto</translation>
    </message>
</context>
<context>
    <name>TimelineCommands</name>
    <message>
        <source>No trace is open.</source>
        <translation>Nessuna traccia è aperta.</translation>
    </message>
    <message>
        <source>The timeline shows the whole trace.</source>
        <translation>La linea del tempo mostra tutta la traccia.</translation>
    </message>
    <message>
        <source>The timeline is as near as it goes.</source>
        <translation>La linea del tempo è già al massimo ingrandimento.</translation>
    </message>
    <message>
        <source>The timeline shows the beginning.</source>
        <translation>La linea del tempo mostra l&apos;inizio.</translation>
    </message>
    <message>
        <source>The timeline shows the end.</source>
        <translation>La linea del tempo mostra la fine.</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>instructions</source>
        <translation>istruzioni</translation>
    </message>
    <message>
        <source>model</source>
        <translation>modello</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>kernel</translation>
    </message>
    <message>
        <source>kernel </source>
        <translation>kernel </translation>
    </message>
    <message>
        <source>%1 CPUs</source>
        <translation>%1 CPU</translation>
    </message>
    <message>
        <source>call %1: %2</source>
        <translation>chiamata %1: %2</translation>
    </message>
    <message>
        <source>process</source>
        <translation>processo</translation>
    </message>
    <message>
        <source>, process</source>
        <translation>, processo</translation>
    </message>
    <message>
        <source>, still inside </source>
        <translation>, ancora dentro </translation>
    </message>
</context>
<context>
    <name>TimelineScene</name>
    <message>
        <source>height = call depth</source>
        <translation>altezza = profondità</translation>
    </message>
    <message>
        <source>buffer, queue, diff</source>
        <translation>buffer, coda, diff</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>non qui</translation>
    </message>
    <message>
        <source> not shown</source>
        <translation> non mostrate</translation>
    </message>
    <message>
        <source> calls</source>
        <translation> chiamate</translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <source>Start</source>
        <translation>Inizio</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Indietro</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Fuori</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Oltre</translation>
    </message>
    <message>
        <source>Into</source>
        <translation>Dentro</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Avanti</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Fine</translation>
    </message>
    <message>
        <source>Find or run</source>
        <translation>Trova o esegui</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasti</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausa</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Avvia</translation>
    </message>
    <message>
        <source>Predict</source>
        <translation>Previsione</translation>
    </message>
    <message>
        <source>Lessons</source>
        <translation>Lezioni</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Esegui</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Trova</translation>
    </message>
</context>
<context>
    <name>TraceFiles</name>
    <message>
        <source>Two %1s do not fit into one trace file. Each of them can be saved alone.</source>
        <translation>Due lati %1 non stanno in un solo file di traccia. Ognuno può essere salvato da solo.</translation>
    </message>
    <message>
        <source>%1: there is no such folder; choose another place</source>
        <translation>%1: questa cartella non esiste; scegli un altro posto</translation>
    </message>
    <message>
        <source>%1: is a folder; name a file in it</source>
        <translation>%1: è una cartella; indica un file che vi si trova</translation>
    </message>
    <message>
        <source>%1: is there already; choose another name</source>
        <translation>%1: esiste già; scegli un altro nome</translation>
    </message>
</context>
<context>
    <name>ViewPicture</name>
    <message>
        <source>%1&apos;s side</source>
        <translation>lato %1</translation>
    </message>
    <message>
        <source>skbscope %1: %2, call %3</source>
        <translation>skbscope %1: %2, chiamata %3</translation>
    </message>
    <message>
        <source>the view</source>
        <translation>la vista</translation>
    </message>
</context>
<context>
    <name>WaitingPart</name>
    <message>
        <source> · %1 of %2 KiB</source>
        <translation> · %1 di %2 KiB</translation>
    </message>
    <message>
        <source>holds NAPI instances</source>
        <translation>contiene istanze NAPI</translation>
    </message>
    <message>
        <source>in it: </source>
        <translation>contiene: </translation>
    </message>
    <message>
        <source>inferred from what functions returned: no record tells of it</source>
        <translation>dedotto da ciò che le funzioni hanno restituito: nessun record ne parla</translation>
    </message>
</context>
<context>
    <name>WatchForm</name>
    <message>
        <source>Watch a real kernel</source>
        <translation>Osserva un kernel reale</translation>
    </message>
    <message>
        <source>Starting ...</source>
        <translation>Avvio in corso ...</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>Osserva</translation>
    </message>
    <message>
        <source>Probes are taken off when it ends (Ctrl+E).</source>
        <translation>Alla fine (Ctrl+E) le sonde vengono tolte.</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filtro</translation>
    </message>
    <message>
        <source>As for tcpdump. None: every packet.</source>
        <translation>Come per tcpdump. Vuoto: ogni pacchetto.</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>This host</source>
        <translation>Questo host</translation>
    </message>
    <message>
        <source>Another machine, by ssh</source>
        <translation>Un&apos;altra macchina, via ssh</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Macchina</translation>
    </message>
    <message>
        <source>HOST or USER@HOST</source>
        <translation>HOST o UTENTE@HOST</translation>
    </message>
    <message>
        <source>As ssh takes it. The agent is copied there, and gone again afterwards.</source>
        <translation>Come lo accetta ssh. L&apos;agente vi viene copiato, e poi sparisce.</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Dispositivo</translation>
    </message>
    <message>
        <source>any</source>
        <translation>qualsiasi</translation>
    </message>
    <message>
        <source>Only packets that pass this device.</source>
        <translation>Solo i pacchetti che passano da questo dispositivo.</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>Chiamate</translation>
    </message>
    <message>
        <source>The whole path</source>
        <translation>Tutto il percorso</translation>
    </message>
    <message>
        <source>Drops alone</source>
        <translation>Solo gli scarti</translation>
    </message>
</context>
<context>
    <name>WindowController</name>
    <message>
        <source>What if: %1</source>
        <translation>E se: %1</translation>
    </message>
</context>
<context>
    <name>WindowFiles</name>
    <message>
        <source>A watch is running: Ctrl+E ends it, then a scenario can run.</source>
        <translation>È in corso un&apos;osservazione: Ctrl+E la termina, poi si può eseguire uno scenario.</translation>
    </message>
</context>
<context>
    <name>WindowLessons</name>
    <message>
        <source>No lesson is open: Ctrl+L lists them.</source>
        <translation>Nessuna lezione è aperta: Ctrl+L le elenca.</translation>
    </message>
    <message>
        <source>There are no lessons here, or a watch is running.</source>
        <translation>Qui non ci sono lezioni, oppure è in corso un&apos;osservazione.</translation>
    </message>
    <message>
        <source>This is the lesson&apos;s last part. Ctrl+L lists the lessons.</source>
        <translation>Questa è l&apos;ultima parte della lezione. Ctrl+L elenca le lezioni.</translation>
    </message>
    <message>
        <source>This is the lesson&apos;s first part.</source>
        <translation>Questa è la prima parte della lezione.</translation>
    </message>
    <message>
        <source>This part of the lesson asks nothing.</source>
        <translation>Questa parte della lezione non pone domande.</translation>
    </message>
    <message>
        <source>Another trace is being made or watched: go on once that is over.</source>
        <translation>Un&apos;altra traccia è in preparazione o in osservazione: prosegui quando è finita.</translation>
    </message>
</context>
<context>
    <name>WindowLive</name>
    <message>
        <source>No watch is running.</source>
        <translation>Nessuna osservazione dal vivo è in corso.</translation>
    </message>
</context>
<context>
    <name>WindowLook</name>
    <message>
        <source>There is one side only: nothing to compare with.</source>
        <translation>C&apos;è un lato solo: nulla con cui confrontare.</translation>
    </message>
</context>
<context>
    <name>WindowRuns</name>
    <message>
        <source>The run failed; F9 tells why.</source>
        <translation>L&apos;esecuzione non è riuscita; F9 dice perché.</translation>
    </message>
    <message>
        <source>Not all of what was asked for is here.</source>
        <translation>Non c&apos;è tutto ciò che era stato chiesto.</translation>
    </message>
    <message>
        <source>Nothing can be run from this window.</source>
        <translation>Da questa finestra non si può eseguire nulla.</translation>
    </message>
    <message>
        <source>A run is on its way: Ctrl+F9 cancels it.</source>
        <translation>È in corso un&apos;esecuzione: Ctrl+F9 la annulla.</translation>
    </message>
    <message>
        <source>A watch is running: Ctrl+E ends it.</source>
        <translation>È in corso un&apos;osservazione: Ctrl+E la termina.</translation>
    </message>
    <message>
        <source>Something is being started.</source>
        <translation>Qualcosa è in avvio.</translation>
    </message>
    <message>
        <source>Nothing was run from this window yet: F9 does.</source>
        <translation>Da questa finestra non è ancora stato eseguito nulla: lo fa F9.</translation>
    </message>
    <message>
        <source>It is ending already.</source>
        <translation>Sta già finendo.</translation>
    </message>
    <message>
        <source>Nothing is running.</source>
        <translation>Non c&apos;è nulla in esecuzione.</translation>
    </message>
</context>
<context>
    <name>WindowWhatIf</name>
    <message>
        <source>No scenario can be run here.</source>
        <translation>Qui non si può eseguire alcuno scenario.</translation>
    </message>
    <message>
        <source>A watch is running: what it shows cannot be run again.</source>
        <translation>È in corso un&apos;osservazione: ciò che mostra non si può rieseguire.</translation>
    </message>
    <message>
        <source>A run is on its way: wait until it is here.</source>
        <translation>È in corso un&apos;esecuzione: aspetta che sia arrivata.</translation>
    </message>
    <message>
        <source>This trace carries no scenario: there is nothing to run again.</source>
        <translation>Questa traccia non porta con sé uno scenario: non c&apos;è nulla da rieseguire.</translation>
    </message>
    <message>
        <source>No setting was changed: there is nothing to undo.</source>
        <translation>Nessuna impostazione è stata cambiata: non c&apos;è nulla da annullare.</translation>
    </message>
    <message>
        <source>In this scenario there is no setting to change: it sends nothing.</source>
        <translation>In questo scenario non c&apos;è alcuna impostazione da cambiare: non invia nulla.</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>E se</translation>
    </message>
    <message>
        <source>Type what should be otherwise</source>
        <translation>Scrivi che cosa dovrebbe essere diverso</translation>
    </message>
    <message>
        <source>It could not be run: %1</source>
        <translation>Non si è potuto eseguire: %1</translation>
    </message>
    <message>
        <source>Changed run: %1. First run: as it was. </source>
        <translation>Esecuzione modificata: %1. Prima esecuzione: com&apos;era. </translation>
    </message>
    <message>
        <source> D goes to the next difference, Ctrl+Z back to the first run.</source>
        <translation> D va alla prossima differenza, Ctrl+Z torna alla prima esecuzione.</translation>
    </message>
    <message>
        <source> Here it makes no difference. Ctrl+Z goes back.</source>
        <translation> Qui non fa differenza. Ctrl+Z torna indietro.</translation>
    </message>
</context>
<context>
    <name>attach.open</name>
    <message>
        <source>Put the model on a tap or veth ...</source>
        <translation>Metti il modello su un tap o veth ...</translation>
    </message>
</context>
<context>
    <name>break.clear</name>
    <message>
        <source>Remove all breakpoints</source>
        <translation>Rimuovi tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.disableAll</name>
    <message>
        <source>Switch all breakpoints off</source>
        <translation>Disattiva tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.enableAll</name>
    <message>
        <source>Switch all breakpoints on</source>
        <translation>Attiva tutti i punti di arresto</translation>
    </message>
</context>
<context>
    <name>break.function</name>
    <message>
        <source>Breakpoint on this function, or take it away</source>
        <translation>Metti o togli un punto di arresto su questa funzione</translation>
    </message>
</context>
<context>
    <name>break.list</name>
    <message>
        <source>Breakpoints and watches ...</source>
        <translation>Punti di arresto e osservazioni ...</translation>
    </message>
</context>
<context>
    <name>calls.fold</name>
    <message>
        <source>Fold or unfold the current call</source>
        <translation>Chiudi o apri la chiamata corrente</translation>
    </message>
</context>
<context>
    <name>calls.foldAll</name>
    <message>
        <source>Fold all calls</source>
        <translation>Chiudi tutte le chiamate</translation>
    </message>
</context>
<context>
    <name>calls.unfoldAll</name>
    <message>
        <source>Unfold all calls</source>
        <translation>Apri tutte le chiamate</translation>
    </message>
</context>
<context>
    <name>change.last</name>
    <message>
        <source>Who changed this last? ...</source>
        <translation>Chi l&apos;ha cambiato per ultimo? ...</translation>
    </message>
</context>
<context>
    <name>difference.list</name>
    <message>
        <source>All differences ...</source>
        <translation>Tutte le differenze ...</translation>
    </message>
</context>
<context>
    <name>difference.next</name>
    <message>
        <source>Next difference</source>
        <translation>Differenza seguente</translation>
    </message>
</context>
<context>
    <name>difference.previous</name>
    <message>
        <source>Previous difference</source>
        <translation>Differenza precedente</translation>
    </message>
</context>
<context>
    <name>export.page</name>
    <message>
        <source>Save the replay as a page</source>
        <translation>Salva la riproduzione come pagina</translation>
    </message>
</context>
<context>
    <name>export.picture</name>
    <message>
        <source>Save the view as SVG or PNG</source>
        <translation>Salva la vista come SVG o PNG</translation>
    </message>
</context>
<context>
    <name>filter.clear</name>
    <message>
        <source>Take the filter away</source>
        <translation>Togli il filtro</translation>
    </message>
</context>
<context>
    <name>filter.function</name>
    <message>
        <source>Filter by the function of this call</source>
        <translation>Filtra per la funzione di questa chiamata</translation>
    </message>
</context>
<context>
    <name>filter.open</name>
    <message>
        <source>Filter calls and timeline ...</source>
        <translation>Filtra chiamate e linea del tempo ...</translation>
    </message>
</context>
<context>
    <name>filter.packet</name>
    <message>
        <source>Filter by the packet of this call</source>
        <translation>Filtra per il pacchetto di questa chiamata</translation>
    </message>
</context>
<context>
    <name>find.next</name>
    <message>
        <source>Next match</source>
        <translation>Risultato seguente</translation>
    </message>
</context>
<context>
    <name>find.open</name>
    <message>
        <source>Find function, packet, flow or text</source>
        <translation>Trova funzione, pacchetto, flusso o testo</translation>
    </message>
</context>
<context>
    <name>find.previous</name>
    <message>
        <source>Previous match</source>
        <translation>Risultato precedente</translation>
    </message>
</context>
<context>
    <name>gate.ask</name>
    <message>
        <source>Predict the next step</source>
        <translation>Prevedi il prossimo passo</translation>
    </message>
</context>
<context>
    <name>gate.ask.freer</name>
    <message>
        <source>Predict: who frees the packet?</source>
        <translation>Previsione: chi libera il pacchetto?</translation>
    </message>
</context>
<context>
    <name>gate.ask.function</name>
    <message>
        <source>Predict: which function is next?</source>
        <translation>Previsione: quale funzione segue?</translation>
    </message>
</context>
<context>
    <name>gate.ask.outcome</name>
    <message>
        <source>Predict: dropped or delivered?</source>
        <translation>Previsione: scartato o consegnato?</translation>
    </message>
</context>
<context>
    <name>gate.ask.pointer</name>
    <message>
        <source>Predict: which pointer moves?</source>
        <translation>Previsione: quale puntatore si sposta?</translation>
    </message>
</context>
<context>
    <name>gate.ask.queue</name>
    <message>
        <source>Predict: which queue?</source>
        <translation>Previsione: quale coda?</translation>
    </message>
</context>
<context>
    <name>gate.ask.runner</name>
    <message>
        <source>Predict: who runs what comes next?</source>
        <translation>Previsione: chi esegue ciò che segue?</translation>
    </message>
</context>
<context>
    <name>help.keys</name>
    <message>
        <source>All keys</source>
        <translation>Tutti i tasti</translation>
    </message>
</context>
<context>
    <name>lesson.ask</name>
    <message>
        <source>Lesson: its question</source>
        <translation>Lezione: la sua domanda</translation>
    </message>
</context>
<context>
    <name>lesson.leave</name>
    <message>
        <source>Leave the lesson</source>
        <translation>Lascia la lezione</translation>
    </message>
</context>
<context>
    <name>lesson.next</name>
    <message>
        <source>Lesson: go on</source>
        <translation>Lezione: avanti</translation>
    </message>
</context>
<context>
    <name>lesson.open</name>
    <message>
        <source>Lessons ...</source>
        <translation>Lezioni ...</translation>
    </message>
</context>
<context>
    <name>lesson.previous</name>
    <message>
        <source>Lesson: one part back</source>
        <translation>Lezione: una parte indietro</translation>
    </message>
</context>
<context>
    <name>lesson.return</name>
    <message>
        <source>Lesson: back to its place</source>
        <translation>Lezione: torna al suo posto</translation>
    </message>
</context>
<context>
    <name>link.letGo</name>
    <message>
        <source>Let go of what is pinned, then of the filter</source>
        <translation>Lascia ciò che è fissato, poi il filtro</translation>
    </message>
</context>
<context>
    <name>live.follow</name>
    <message>
        <source>Follow the newest call, or stay here</source>
        <translation>Segui la chiamata più recente, o resta qui</translation>
    </message>
</context>
<context>
    <name>live.open</name>
    <message>
        <source>Watch a real kernel ...</source>
        <translation>Osserva un kernel reale ...</translation>
    </message>
</context>
<context>
    <name>live.stop</name>
    <message>
        <source>End the watch, keep what came</source>
        <translation>Termina l&apos;osservazione, tieni ciò che è arrivato</translation>
    </message>
</context>
<context>
    <name>look.down</name>
    <message>
        <source>Look down in this pane</source>
        <translation>Guarda in basso in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.left</name>
    <message>
        <source>Look left in this pane</source>
        <translation>Guarda a sinistra in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.pin</name>
    <message>
        <source>Pin it, stay here</source>
        <translation>Fissalo, resta qui</translation>
    </message>
</context>
<context>
    <name>look.press</name>
    <message>
        <source>Go to it, or pin it</source>
        <translation>Vacci, o fissalo</translation>
    </message>
</context>
<context>
    <name>look.right</name>
    <message>
        <source>Look right in this pane</source>
        <translation>Guarda a destra in questo riquadro</translation>
    </message>
</context>
<context>
    <name>look.up</name>
    <message>
        <source>Look up in this pane</source>
        <translation>Guarda in alto in questo riquadro</translation>
    </message>
</context>
<context>
    <name>map.in</name>
    <message>
        <source>Map: go nearer (way, one layer)</source>
        <translation>Mappa: avvicinati (via, un livello)</translation>
    </message>
</context>
<context>
    <name>map.out</name>
    <message>
        <source>Map: see more of it (way, all hosts)</source>
        <translation>Mappa: vedine di più (via, tutti gli host)</translation>
    </message>
</context>
<context>
    <name>mark.a</name>
    <message>
        <source>Set mark A here</source>
        <translation>Metti qui il segno A</translation>
    </message>
</context>
<context>
    <name>mark.b</name>
    <message>
        <source>Set mark B here</source>
        <translation>Metti qui il segno B</translation>
    </message>
</context>
<context>
    <name>mark.clear</name>
    <message>
        <source>Remove marks A and B</source>
        <translation>Togli i segni A e B</translation>
    </message>
</context>
<context>
    <name>mark.go.a</name>
    <message>
        <source>Go to mark A</source>
        <translation>Vai al segno A</translation>
    </message>
</context>
<context>
    <name>mark.go.b</name>
    <message>
        <source>Go to mark B</source>
        <translation>Vai al segno B</translation>
    </message>
</context>
<context>
    <name>palette.open</name>
    <message>
        <source>Find or run ...</source>
        <translation>Trova o esegui ...</translation>
    </message>
</context>
<context>
    <name>pane.next</name>
    <message>
        <source>Next pane</source>
        <translation>Riquadro seguente</translation>
    </message>
</context>
<context>
    <name>pane.previous</name>
    <message>
        <source>Previous pane</source>
        <translation>Riquadro precedente</translation>
    </message>
</context>
<context>
    <name>pane.show.bytes</name>
    <message>
        <source>Show the bytes</source>
        <translation>Mostra i byte</translation>
    </message>
</context>
<context>
    <name>pane.show.calls</name>
    <message>
        <source>Show the calls</source>
        <translation>Mostra le chiamate</translation>
    </message>
</context>
<context>
    <name>pane.show.card</name>
    <message>
        <source>Show the function card</source>
        <translation>Mostra la scheda della funzione</translation>
    </message>
</context>
<context>
    <name>pane.show.memory</name>
    <message>
        <source>Show the sk_buff</source>
        <translation>Mostra l&apos;sk_buff</translation>
    </message>
</context>
<context>
    <name>pane.show.source</name>
    <message>
        <source>Show the source</source>
        <translation>Mostra il sorgente</translation>
    </message>
</context>
<context>
    <name>pane.show.stack</name>
    <message>
        <source>Show the stack</source>
        <translation>Mostra la pila</translation>
    </message>
</context>
<context>
    <name>play.faster</name>
    <message>
        <source>Play faster</source>
        <translation>Riproduci più veloce</translation>
    </message>
</context>
<context>
    <name>play.slower</name>
    <message>
        <source>Play slower</source>
        <translation>Riproduci più lento</translation>
    </message>
</context>
<context>
    <name>play.toggle</name>
    <message>
        <source>Play or pause</source>
        <translation>Riproduci o metti in pausa</translation>
    </message>
</context>
<context>
    <name>present.blank</name>
    <message>
        <source>Black screen (also B)</source>
        <translation>Schermo nero (anche B)</translation>
    </message>
</context>
<context>
    <name>present.left</name>
    <message>
        <source>Choose the left pane ...</source>
        <translation>Scegli il riquadro a sinistra ...</translation>
    </message>
</context>
<context>
    <name>present.right</name>
    <message>
        <source>Choose the right pane ...</source>
        <translation>Scegli il riquadro a destra ...</translation>
    </message>
</context>
<context>
    <name>present.show</name>
    <message>
        <source>Show it again (any key)</source>
        <translation>Mostra di nuovo (un tasto qualsiasi)</translation>
    </message>
</context>
<context>
    <name>present.toggle</name>
    <message>
        <source>Present, or leave it</source>
        <translation>Presenta, o esci</translation>
    </message>
</context>
<context>
    <name>present.white</name>
    <message>
        <source>White screen (W, comma)</source>
        <translation>Schermo bianco (W, virgola)</translation>
    </message>
</context>
<context>
    <name>run.again</name>
    <message>
        <source>Run again what was run last</source>
        <translation>Esegui di nuovo l&apos;ultima esecuzione</translation>
    </message>
</context>
<context>
    <name>run.back</name>
    <message>
        <source>Run back to a breakpoint or watch</source>
        <translation>Torna a un punto di arresto o a un&apos;osservazione</translation>
    </message>
</context>
<context>
    <name>run.back.drop</name>
    <message>
        <source>Run back to a drop</source>
        <translation>Torna a uno scarto (drop)</translation>
    </message>
</context>
<context>
    <name>run.back.function</name>
    <message>
        <source>Run back to a function ...</source>
        <translation>Torna a una funzione ...</translation>
    </message>
</context>
<context>
    <name>run.back.queue</name>
    <message>
        <source>Run back to a queue operation</source>
        <translation>Torna a un&apos;operazione su una coda</translation>
    </message>
</context>
<context>
    <name>run.cancel</name>
    <message>
        <source>Cancel the run</source>
        <translation>Annulla l&apos;esecuzione</translation>
    </message>
</context>
<context>
    <name>run.drop</name>
    <message>
        <source>Run to the next drop</source>
        <translation>Vai al prossimo scarto (drop)</translation>
    </message>
</context>
<context>
    <name>run.function</name>
    <message>
        <source>Run to a function ...</source>
        <translation>Vai a una funzione ...</translation>
    </message>
</context>
<context>
    <name>run.next</name>
    <message>
        <source>Run to the next breakpoint or watch</source>
        <translation>Vai al prossimo punto di arresto o osservazione</translation>
    </message>
</context>
<context>
    <name>run.open</name>
    <message>
        <source>Run a scenario ...</source>
        <translation>Esegui uno scenario ...</translation>
    </message>
</context>
<context>
    <name>run.queue</name>
    <message>
        <source>Run to the next queue operation</source>
        <translation>Vai alla prossima operazione su una coda</translation>
    </message>
</context>
<context>
    <name>scenario.choose</name>
    <message>
        <source>Choose a scenario</source>
        <translation>Scegli uno scenario</translation>
    </message>
</context>
<context>
    <name>scenario.rerun</name>
    <message>
        <source>Run the scenario again</source>
        <translation>Esegui di nuovo lo scenario</translation>
    </message>
</context>
<context>
    <name>side.toggle</name>
    <message>
        <source>Show the other side&apos;s state: model or kernel</source>
        <translation>Mostra lo stato dell&apos;altro lato: modello o kernel</translation>
    </message>
</context>
<context>
    <name>step.back.into</name>
    <message>
        <source>Step back into</source>
        <translation>Passo indietro dentro</translation>
    </message>
</context>
<context>
    <name>step.back.out</name>
    <message>
        <source>Step back out</source>
        <translation>Passo indietro fuori</translation>
    </message>
</context>
<context>
    <name>step.back.over</name>
    <message>
        <source>Step back over</source>
        <translation>Passo indietro oltre</translation>
    </message>
</context>
<context>
    <name>step.first</name>
    <message>
        <source>First step</source>
        <translation>Primo passo</translation>
    </message>
</context>
<context>
    <name>step.into</name>
    <message>
        <source>Step into</source>
        <translation>Passo dentro</translation>
    </message>
</context>
<context>
    <name>step.last</name>
    <message>
        <source>Last step</source>
        <translation>Ultimo passo</translation>
    </message>
</context>
<context>
    <name>step.out</name>
    <message>
        <source>Step out</source>
        <translation>Passo fuori</translation>
    </message>
</context>
<context>
    <name>step.over</name>
    <message>
        <source>Step over</source>
        <translation>Passo oltre</translation>
    </message>
</context>
<context>
    <name>timeline.ahead</name>
    <message>
        <source>Timeline: what comes after</source>
        <translation>Linea del tempo: ciò che segue</translation>
    </message>
</context>
<context>
    <name>timeline.all</name>
    <message>
        <source>Timeline: the whole trace</source>
        <translation>Linea del tempo: tutta la traccia</translation>
    </message>
</context>
<context>
    <name>timeline.back</name>
    <message>
        <source>Timeline: what comes before</source>
        <translation>Linea del tempo: ciò che precede</translation>
    </message>
</context>
<context>
    <name>timeline.in</name>
    <message>
        <source>Timeline: fewer calls, larger</source>
        <translation>Linea del tempo: meno chiamate, più grandi</translation>
    </message>
</context>
<context>
    <name>timeline.out</name>
    <message>
        <source>Timeline: more calls, smaller</source>
        <translation>Linea del tempo: più chiamate, più piccole</translation>
    </message>
</context>
<context>
    <name>trace.close</name>
    <message>
        <source>Close this trace</source>
        <translation>Chiudi questa traccia</translation>
    </message>
</context>
<context>
    <name>trace.compare</name>
    <message>
        <source>Compare two traces ...</source>
        <translation>Confronta due tracce ...</translation>
    </message>
</context>
<context>
    <name>trace.list</name>
    <message>
        <source>Open traces ...</source>
        <translation>Tracce aperte ...</translation>
    </message>
</context>
<context>
    <name>trace.next</name>
    <message>
        <source>Next open trace</source>
        <translation>Traccia aperta seguente</translation>
    </message>
</context>
<context>
    <name>trace.open</name>
    <message>
        <source>Open a trace file ...</source>
        <translation>Apri un file di traccia ...</translation>
    </message>
</context>
<context>
    <name>trace.previous</name>
    <message>
        <source>Previous open trace</source>
        <translation>Traccia aperta precedente</translation>
    </message>
</context>
<context>
    <name>trace.recent</name>
    <message>
        <source>Recent files ...</source>
        <translation>File recenti ...</translation>
    </message>
</context>
<context>
    <name>trace.save</name>
    <message>
        <source>Save this trace as ...</source>
        <translation>Salva questa traccia come ...</translation>
    </message>
</context>
<context>
    <name>view.contrast</name>
    <message>
        <source>High contrast</source>
        <translation>Contrasto elevato</translation>
    </message>
</context>
<context>
    <name>view.language</name>
    <message>
        <source>Language ...</source>
        <translation>Lingua ...</translation>
    </message>
</context>
<context>
    <name>view.motion</name>
    <message>
        <source>Animations on or off</source>
        <translation>Animazioni attive o no</translation>
    </message>
</context>
<context>
    <name>view.theme</name>
    <message>
        <source>Light or dark</source>
        <translation>Chiaro o scuro</translation>
    </message>
</context>
<context>
    <name>view.zoom.in</name>
    <message>
        <source>Larger</source>
        <translation>Più grande</translation>
    </message>
</context>
<context>
    <name>view.zoom.out</name>
    <message>
        <source>Smaller</source>
        <translation>Più piccolo</translation>
    </message>
</context>
<context>
    <name>view.zoom.reset</name>
    <message>
        <source>Normal size</source>
        <translation>Dimensione normale</translation>
    </message>
</context>
<context>
    <name>watch.field</name>
    <message>
        <source>Watch a field of the sk_buff ...</source>
        <translation>Osserva un campo dello sk_buff ...</translation>
    </message>
</context>
<context>
    <name>whatif.choose</name>
    <message>
        <source>Change one setting, run again ...</source>
        <translation>Cambia un&apos;impostazione, esegui di nuovo ...</translation>
    </message>
</context>
<context>
    <name>whatif.undo</name>
    <message>
        <source>Undo the change: the first run</source>
        <translation>Annulla la modifica: la prima esecuzione</translation>
    </message>
</context>
</TS>
